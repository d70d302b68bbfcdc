// The plot of one role's score against the other's: a listbox in which every scored row is a point.

import { draw } from "./dom.js";
import { legend, findColour, findFit, findLead, isScored, nameFit, nameRow } from "./rows.js";

const REACH = 4; // score points around a click in which a document is meant
const TICKS = [0, 25, 50, 75, 100];

const plot = document.querySelector("#plot");
const readout = document.querySelector("#readout");
const [across, up] = legend.roles;

const hint = matchMedia("(hover: none)").matches ? readout.dataset.touch : readout.dataset.hint;

let points = [];
let current = null;
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
  return draw("g", { role: "presentation", "aria-hidden": "true" }, ...lines, ...drawBounds(), ...titles);
}

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
  return `${nameRow(row)}: ${scores.join(", ")}. ${nameFit(findFit(row))}.`;
};

function drawPoint(row, isChosen) {
  const { x, y } = place(row);
  const fit = findFit(row); // the shape says what the colour says
  const shape = fit === up.id ? draw("path", { d: "M0-1.6 1.6 0 0 1.6-1.6 0Z" }) : draw("circle", { r: 1.2 });
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

// Arrow keys go from point to point, in the order of the lead of the first role: along the plot from corner to corner.
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

// Shows the scored rows; `openRow` is called with the one that is clicked or entered.
export function showPoints(rows, chosen, openRow) {
  open = openRow;
  points = rows.filter(isScored).toSorted((a, b) => findLead(b) - findLead(a));
  const group = draw("g", { role: "presentation" }, ...points.map((row) => drawPoint(row, chosen.has(row.number))));
  plot.querySelector("#points").replaceChildren(group);
  setCurrent(points.find((row) => row.number === current?.number) ?? null);
}

// Closed on a phone, where it would push the rows off the first screen.
if (matchMedia("(max-width: 45rem)").matches) plot.closest("details").open = false;
plot.append(drawGrid(), draw("g", { id: "points", role: "presentation" }));
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
