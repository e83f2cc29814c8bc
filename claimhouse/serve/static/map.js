// The map of who is said to hold what. Its data are the same as in the tables of the page.
"use strict";
const COLOURS = ["#2f6fc4", "#c2571b", "#2c8a5c", "#8b45a3", "#8a7400", "#a1260d", "#1f9bb0", "#d268a0", "#5b5f66", "#6f9a1c"];
const TOWNS = 40; // names of towns that are not told of, at most, for bearings
const DISPUTED = "#b8860b";
const box = document.getElementById("map");

async function start() {
  maplibregl.setWorkerUrl("/static/maplibre-gl-csp-worker.js");
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const style = {
    version: 8,
    sources: {
      land: { type: "geojson", data: "/static/land.json" },
      held: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": dark ? "#1a2127" : "#edf2f5" } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": dark ? "#23272c" : "#faf8f3" } },
      { id: "border", type: "line", source: "land", paint: { "line-color": dark ? "#6d7178" : "#a8a296", "line-width": 0.8 } },
      {
        id: "held", type: "circle", source: "held",
        paint: {
          "circle-color": ["get", "colour"],
          "circle-radius": ["interpolate", ["linear"], ["get", "statements"], 1, 7, 20, 16],
          "circle-stroke-width": ["case", ["==", ["get", "holder"], "disputed"], 3, 1.5],
          "circle-stroke-color": ["case", ["==", ["get", "holder"], "disputed"], "#a1260d", dark ? "#15171a" : "#ffffff"],
        },
      },
    ],
  };
  const map = new maplibregl.Map({ container: box, style, attributionControl: false, center: [35, 48], zoom: 3 });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl());
  const week = document.getElementById("week");
  const told = document.getElementById("told");
  const known = [];
  let names = [];
  let towns = [];
  let townNames = [];
  let first = true;

  // the largest towns of what is seen: a mark on empty land tells nobody where it is
  function showTowns() {
    townNames.forEach((marker) => marker.remove());
    const seen = map.getBounds();
    const told = new Set(names.map((marker) => marker.getElement().textContent));
    townNames = towns.filter(([name, lon, lat]) => !told.has(name) && seen.contains([lon, lat])).slice(0, TOWNS)
      .map(([name, lon, lat]) => {
        const label = document.createElement("div");
        label.className = "town-name";
        label.textContent = name;
        return new maplibregl.Marker({ element: label, anchor: "left", offset: [-2, 0] }).setLngLat([lon, lat]).addTo(map);
      });
    declutter();
  }

  function declutter() {
    const taken = [];
    for (const marker of [...names, ...townNames]) {
      const label = marker.getElement();
      const box = label.getBoundingClientRect();
      const isFree = taken.every((t) => box.right < t.left || t.right < box.left || box.bottom < t.top || t.bottom < box.top);
      label.classList.toggle("crowded", !isFree);
      if (isFree) taken.push(box);
    }
  }

  // of many places the nine tenths that lie nearest to their middle: one far away would make all others small
  function near(points) {
    if (points.length < 10) return points;
    const middle = [0, 1].map((n) => points.map((p) => p[n]).sort((a, b) => a - b)[Math.floor(points.length / 2)]);
    const far = (p) => Math.hypot(p[0] - middle[0], p[1] - middle[1]);
    return [...points].sort((a, b) => far(a) - far(b)).slice(0, Math.ceil(points.length * 0.9));
  }

  const colourOf = (holder) => {
    if (holder === "disputed" || holder === "?") return DISPUTED;
    if (!known.includes(holder)) known.push(holder);
    return COLOURS[known.indexOf(holder) % COLOURS.length];
  };

  function legend() {
    const list = document.getElementById("legend");
    list.replaceChildren();
    [...known.map((holder, n) => [holder, `h${n % COLOURS.length}`]), ["disputed", "h-disputed"]].forEach(([text, look]) => {
      const item = document.createElement("li");
      const swatch = document.createElement("span");
      swatch.className = `swatch ${look}`;
      item.append(swatch, text);
      list.append(item);
    });
  }

  async function show() {
    const address = new URL(box.dataset.source, location.href);
    if (week.value) address.searchParams.set("week", week.value);
    const answer = await fetch(address);
    if (!answer.ok) { told.textContent = "The map cannot be drawn; the tables have the same."; return; }
    const data = await answer.json();
    for (const feature of data.features) feature.properties.colour = colourOf(feature.properties.holder);
    map.getSource("held").setData(data);
    told.textContent = data.features.length === 1 ? "1 place" : `${data.features.length} places`;
    names.forEach((marker) => marker.remove());
    // where names would lie on each other, that of the place that most is said of is shown
    const told_most = [...data.features].sort((a, b) => b.properties.statements - a.properties.statements);
    names = told_most.slice(0, 200).map((feature) => {
      const label = document.createElement("div");
      label.className = "place-name";
      label.textContent = feature.properties.place;
      return new maplibregl.Marker({ element: label, anchor: "left", offset: [11, 0] })
        .setLngLat(feature.geometry.coordinates).addTo(map);
    });
    legend();
    if (first && data.features.length) {
      const bounds = new maplibregl.LngLatBounds();
      near(data.features.map((feature) => feature.geometry.coordinates)).forEach((point) => bounds.extend(point));
      // names stand to the right of their places
      const right = Math.min(140, box.clientWidth / 3);
      map.fitBounds(bounds, { padding: { top: 40, bottom: 40, left: 40, right }, maxZoom: 7, animate: false });
      first = false;
    }
    showTowns();
  }

  // a box may get its size only after the map was made
  map.once("style.load", () => { map.resize(); show(); });
  map.on("moveend", showTowns);
  fetch("/static/towns.json").then((answer) => answer.json()).then((found) => { towns = found; showTowns(); });
  week.addEventListener("change", show);
  const step = (by) => {
    const at = week.selectedIndex + by;
    if (at >= 0 && at < week.options.length) { week.selectedIndex = at; show(); }
  };
  document.getElementById("earlier").addEventListener("click", () => step(1));
  document.getElementById("later").addEventListener("click", () => step(-1));
  map.on("click", "held", (event) => {
    const { place, place_id: id, holders, denied, statements, voices, week: of } = event.features[0].properties;
    const list = (text) => (typeof text === "string" ? JSON.parse(text) : text).join(", ");
    const words = document.createElement("div");
    const link = document.createElement("a");
    link.href = `/places/${encodeURIComponent(id)}`;
    link.textContent = place;
    const held = list(holders) ? `held by ${list(holders)}` : "";
    const not = list(denied) ? `not by ${list(denied)}` : "";
    words.append(link, document.createElement("br"), [held, not].filter(Boolean).join("; "), document.createElement("br"),
      `week of ${of}: ${statements === 1 ? "1 statement" : `${statements} statements`}, ${voices === 1 ? "1 voice" : `${voices} voices`}`);
    new maplibregl.Popup().setLngLat(event.lngLat).setDOMContent(words).addTo(map);
  });
}

if (box) start();
