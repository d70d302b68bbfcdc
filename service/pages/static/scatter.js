// The plot of one role's score against another's: a listbox in which every row that has both is a point.

import { draw } from "./dom.js";
import { legend, findColour, findFit, findLead, nameFit, nameRow } from "./rows.js";

const REACH = 4; // score points around a click in which a document is meant
const TICKS = [0, 25, 50, 75, 100];

const plot = document.querySelector("#plot");
const readout = document.querySelector("#readout");
const judged = legend.roles.slice(0, 2); // those that the verdict is between
const axes = [...document.querySelectorAll("#axes select")]; // there are none where there are only two roles

const hint = matchMedia("(hover: none)").matches ? readout.dataset.touch : readout.dataset.hint;

let [across, up] = judged;
let points = [];
let current = null;
let shownRows = [];
let ticked = new Set(); // by number
let open = () => {};

// The plot is 100 score points wide and high; y grows upwards.
const place = (row) => ({ x: row.scores[across.id], y: 100 - row.scores[up.id] });

const nameAxis = (role) => `${role.title} (${role.short})`;

function drawGrid() {
  const lines = TICKS.flatMap((tick) => [
    draw("path", { d: `M${tick} 0V100M0 ${tick}H100`, class: "grid" }),
    draw("text", { x: tick, y: 104.5, class: "tick" }, String(tick)),
    draw("text", { x: -2, y: 101.2 - tick, class: "tick left" }, String(tick)),
  ]);
  const titles = [
    draw("text", { x: 50, y: 110.5, class: "axis first" }, nameAxis(across)),
    draw("text", { x: -50, y: -11, class: "axis second", transform: "rotate(-90)" }, nameAxis(up)),
  ];
  return draw("g", { role: "presentation", "aria-hidden": "true" }, ...lines, ...(isVerdict() ? drawBounds() : []), ...titles);
}

// Whether the plot shows the two roles that the verdict is between.
const isVerdict = () => judged.every((role) => role === across || role === up);

// Where the verdict names no role: within the band the scores are too close to call, in the corner neither role fits. The
// words for it stand below the plot, where no point covers them.
function drawBounds() {
  const { close_within: width, neither_below: low } = legend;
  const band = `M${low} ${100 - low}V${100 - low + width}L100 ${width}V0H${100 - width}L${low - width} ${100 - low}Z`;
  return [
    draw("path", { d: band, class: "band" }),
    draw("path", { d: `M0 100V${100 - low}H${low}V100Z`, class: "neither" }),
  ];
}

const describe = (row) => {
  const known = legend.roles.filter((role) => role.id in row.scores);
  const scores = known.map((role) => `${role.short} ${row.scores[role.id].toFixed(1)}`);
  return `${nameRow(row)}: ${scores.join(", ")}. ${nameFit(row)}.`;
};

function drawPoint(row, isChosen) {
  const { x, y } = place(row);
  const fit = findFit(row); // the shape says what the colour says
  const shape = fit === judged[1].id ? draw("path", { d: "M0-1.6 1.6 0 0 1.6-1.6 0Z" }) : draw("circle", { r: 1.2 });
  const look = { class: `point ${findColour(fit)}`, transform: `translate(${x} ${y})` };
  const words = { role: "option", "aria-label": describe(row), "aria-selected": String(isChosen) };
  return draw("g", { id: `point-${row.number}`, ...look, ...words }, shape);
}

const findPoint = (row) => document.getElementById(`point-${row.number}`);

function setCurrent(row) {
  plot.querySelector(".current")?.classList.remove("current");
  current = row;
  if (!row) plot.removeAttribute("aria-activedescendant");
  else {
    plot.setAttribute("aria-activedescendant", `point-${row.number}`);
    findPoint(row).classList.add("current");
  }
  readout.textContent = row ? describe(row) : hint;
}

function findNearest(event) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM().inverse());
  const distance = (row) => Math.hypot(place(row).x - x, place(row).y - y);
  const nearest = points.reduce((best, row) => (best && distance(best) <= distance(row) ? best : row), null);
  return nearest && distance(nearest) <= REACH ? nearest : null;
}

// Arrow keys go from point to point, in the order of the lead of the role across: along the plot from corner to corner.
function step(key) {
  const last = points.length - 1;
  const at = points.indexOf(current);
  const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[key];
  if (next === undefined || last < 0) return false;
  setCurrent(points[Math.min(last, Math.max(0, next))]);
  return true;
}

function press(event) {
  if (step(event.key)) event.preventDefault();
  else if ((event.key === "Enter" || event.key === " ") && current) {
    event.preventDefault();
    open(current);
  }
}

const hasBoth = (row) => across.id in row.scores && up.id in row.scores;

function drawPoints() {
  points = shownRows.filter(hasBoth).toSorted((a, b) => findLead(b, [across, up]) - findLead(a, [across, up]));
  const group = draw("g", { role: "presentation" }, ...points.map((row) => drawPoint(row, ticked.has(row.number))));
  plot.querySelector("#points").replaceChildren(group);
  setCurrent(points.find((row) => row.number === current?.number) ?? null);
}

// Takes the roles that are chosen for the axes.
function turn() {
  [across, up] = axes.map(({ value }) => legend.roles.find(({ id }) => id === value));
  plot.querySelector("#grid").replaceChildren(drawGrid());
  document.querySelector("#bounds").hidden = !isVerdict();
  drawPoints();
}

// Shows the rows that have both scores; `openRow` is called with the one that is clicked or entered.
export function showPoints(shown, chosen, openRow) {
  open = openRow;
  shownRows = shown;
  ticked = chosen;
  drawPoints();
}

// Closed on a phone, where it would push the rows off the first screen.
if (matchMedia("(max-width: 45rem)").matches) plot.closest("details").open = false;
plot.append(draw("g", { id: "grid", role: "presentation" }, drawGrid()), draw("g", { id: "points", role: "presentation" }));
for (const axis of axes) axis.addEventListener("change", turn);
plot.addEventListener("keydown", press);
plot.addEventListener("focus", () => current ?? (points.length && setCurrent(points[0])));
plot.addEventListener("pointermove", (event) => event.pointerType === "mouse" && setCurrent(findNearest(event)));
plot.addEventListener("pointerleave", () => setCurrent(null));
plot.addEventListener("click", (event) => {
  const row = findNearest(event);
  if (!row) return;
  setCurrent(row);
  open(row);
});
