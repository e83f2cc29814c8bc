// Filters and sorts the table of claims. Everything on the page is there without it.
(() => {
  const form = document.getElementById("filter"), table = document.getElementById("rows");
  if (!form || !table) return;
  form.hidden = false;
  const fold_of = document.getElementById("all-claims");
  const said = document.getElementById("shown"), few = 500;
  let rows;
  // read only when it is first needed: the page opens without it
  const all = () => rows ??= Array.from(table.querySelectorAll("tbody tr"), (tr, i) => ({
    tr, i, text: fold(tr.textContent), side: tr.dataset.s, topic: tr.dataset.t, day: tr.dataset.d,
    places: (tr.dataset.p || "").split(" "), kind: (tr.dataset.k || "").split(" "), speaker: fold(tr.cells[2].textContent),
  }));
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const fields = () => Object.fromEntries(new FormData(form));
  const show = () => {
    const f = fields(), words = fold(f.text || "").split(/\s+/).filter(Boolean), who = fold(f.speaker || "");
    let n = 0;
    for (const r of all()) {
      const fits = (!f.side || r.side === f.side) && (!f.topic || r.topic === f.topic) &&
        (!f.place || r.places.includes(f.place)) && (!f.kind || r.kind.includes(f.kind)) &&
        (!f.from || r.day >= f.from) && (!f.to || r.day <= f.to) && (!who || r.speaker.includes(who)) &&
        words.every((w) => r.text.includes(w));
      r.tr.hidden = !fits;
      n += fits;
    }
    // groups of rows keep their height while they are out of view, which would leave gaps between a few rows
    table.classList.toggle("few", n < few);
    for (const body of table.tBodies) body.hidden = !Array.prototype.some.call(body.rows, (tr) => !tr.hidden);
    said.textContent = `${n.toLocaleString("en")} of ${all().length.toLocaleString("en")} claims shown`;
  };
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-f]");
    if (!link) return;
    fold_of.open = true;
    form.reset();
    for (const [name, value] of new URLSearchParams(link.dataset.f)) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    show();
    document.getElementById("claims").focus({ preventScroll: true });
  });
  // a link to a row that a filter hides shows all rows again
  addEventListener("hashchange", () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row) return;
    for (let fold = row.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (row.hidden) { form.reset(); show(); }
    row.scrollIntoView();
  });
  const keys = { 0: (r) => r.day, 1: (r) => r.side, 2: (r) => r.speaker, 4: (r) => r.topic };
  for (const [column, key] of Object.entries(keys)) {
    const th = table.tHead.rows[0].cells[column], button = document.createElement("button");
    button.type = "button";
    button.append(...th.childNodes);
    th.append(button);
    button.addEventListener("click", () => {
      const up = th.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      th.setAttribute("aria-sort", up ? "ascending" : "descending");
      // empty last, whichever way; equal ones as the page has them
      const order = (a, b) => !key(a) - !key(b) || (up ? 1 : -1) * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) || a.i - b.i;
      const sorted = all().toSorted(order).map((r) => r.tr), sizes = Array.from(table.tBodies, (body) => body.rows.length);
      Array.from(table.tBodies).forEach((body, i) => body.append(...sorted.splice(0, sizes[i])));
      show();
    });
  }
})();
