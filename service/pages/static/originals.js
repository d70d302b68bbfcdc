// The pages of the résumé as they were sent, beside its text: shown and hidden by a switch, in step with the text, with a
// box for each mark. Pictures are fetched only when they are seen, and never in the blind view.

import { make } from "./dom.js";

const root = document.documentElement;
const panes = document.querySelector(".panes");
const readings = document.querySelector(".readings");
const sheets = document.querySelector(".sheets");
const originals = document.querySelector(".originals");
const control = document.querySelector("#original");
const figures = [...originals.querySelectorAll(".original")];
const lines = [...sheets.querySelectorAll("[data-height]")];
const EYE = 1 / 3; // where in a pane one reads, as a share of its height

let leader = null; // the pane that somebody scrolls; the other follows

const isWide = () => matchMedia("(min-width: 60rem)").matches;
const isWanted = () => (localStorage.getItem("original") ?? (isWide() ? "1" : "0")) === "1";
const isShown = () => panes.hasAttribute("data-original");

function drawPages(drawn) {
  for (const figure of figures) {
    const picture = figure.querySelector("img");
    if (!drawn) picture?.remove();
    else if (!picture) figure.prepend(make("img", { src: figure.dataset.picture, alt: figure.dataset.title }));
  }
}

function update() {
  const wanted = isWanted() && !root.hasAttribute("data-blind");
  panes.toggleAttribute("data-original", wanted);
  control.setAttribute("aria-checked", String(wanted));
  drawPages(wanted);
  if (wanted) showPlaces();
}

const placeOf = (line) => {
  const figure = figures.find(({ dataset }) => dataset.page === line.closest(".sheet").dataset.page);
  return figure && figure.offsetTop + line.dataset.height * figure.clientHeight;
};

const scrollTo = (pane, top) => pane.scrollTo({ top: top - pane.clientHeight * EYE, behavior: "instant" });

function findNearest(measure, target) {
  const distances = lines.map((line) => Math.abs((measure(line) ?? Infinity) - target));
  return lines[distances.indexOf(Math.min(...distances))];
}

function follow(pane) {
  if (pane !== leader || !isShown() || !lines.length) return;
  const eye = pane.scrollTop + pane.clientHeight * EYE;
  if (pane === sheets) scrollTo(originals, placeOf(findNearest((line) => line.offsetTop, eye)) ?? 0);
  else scrollTo(sheets, findNearest(placeOf, eye).offsetTop);
}

/** Lights the boxes of the marks that are shown in the text, and scrolls to the first. */
function showPlaces() {
  for (const box of originals.querySelectorAll(".shown")) box.classList.remove("shown");
  const marks = [...sheets.querySelectorAll(".mark.shown")].map((mark) => mark.dataset.marks.split(" ").at(-1));
  const boxes = [...new Set(marks)].flatMap((number) => [...originals.querySelectorAll(`[data-mark="${number}"]`)]);
  for (const box of boxes) box.classList.add("shown");
  if (!boxes.length || !isShown()) return;
  leader = null;
  const top = boxes[0].getBoundingClientRect().top - originals.getBoundingClientRect().top + originals.scrollTop;
  scrollTo(originals, top);
  if (location.hash.startsWith("#m")) readings.scrollIntoView({ block: "nearest" });
}

control.hidden = false;
control.addEventListener("click", () => {
  localStorage.setItem("original", isShown() ? "0" : "1");
  update();
});
for (const pane of [sheets, originals]) {
  for (const event of ["pointerenter", "touchstart", "wheel", "focusin"]) {
    pane.addEventListener(event, () => (leader = pane), { passive: true });
  }
  pane.addEventListener("scroll", () => follow(pane), { passive: true });
}
originals.addEventListener("click", ({ target }) => {
  if (target.dataset.mark) sheets.querySelector(`.mark[data-marks~="${target.dataset.mark}"]`).click();
});
document.addEventListener("placeshown", showPlaces);
new MutationObserver(update).observe(root, { attributeFilter: ["data-blind"] });
matchMedia("(min-width: 60rem)").addEventListener("change", update);
update();
