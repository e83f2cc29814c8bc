// Keys: "/" goes to the search field. Everything works without this file.
"use strict";
document.addEventListener("keydown", (event) => {
  const into = event.target.closest("input, select, textarea");
  if (event.key === "/" && !into && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.querySelector(".find input").focus();
  }
});
// on wide screens the menu and the filters are open; a details element hides what is in it otherwise
const folded = document.querySelectorAll("details.menu, details.fields:not([open])");
const wide = window.matchMedia("(min-width: 721px)");
const fit = () => { for (const one of folded) one.open = wide.matches; };
wide.addEventListener("change", fit);
fit();
// empty fields do not belong into an address that is sent
for (const form of document.querySelectorAll("form.filter, form.find")) {
  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll("input, select")) { if (!field.value) field.disabled = true; }
  });
}
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form :disabled")) field.disabled = false;
});
