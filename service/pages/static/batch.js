// The page of a batch: connects rows, filters, plot, table and comparison. The rows come from served_rows.js in a served
// page, and from embedded_rows.js in a page that is one file.

import { showClosely } from "./compare.js";
import { filterRows, isScored, isWaiting, orderRows, writeCsv, writeJson } from "./rows.js";
import { showPoints } from "./scatter.js";
import { markOrder, showRows } from "./table.js";
import { say, write } from "./notices.js";
import { _, ngettext } from "./translation.js";

const MAX_COMPARED = 3;

const page = document.querySelector("#batch");
const filters = document.querySelector("#filters");
const tray = document.querySelector("#tray");

const chosen = new Set(); // by number
let rows = [];
let shown = [];
let opening = location.hash.slice(1).split(",").filter(Boolean); // whose reasons the address has open, by number
let found = null; // by number the words that answer what the server was asked; null if it was asked nothing

// A served page asks the server for words and scores.
const isServed = "served" in page.dataset;

const readFilters = () => ({
  text: isServed ? "" : filters.elements.text.value,
  fit: filters.elements.fit.value,
  state: filters.elements.state.value,
  least: isServed ? 0 : Number(filters.elements.least.value),
  order: filters.elements.order.value,
  reversed: filters.elements.reversed.value === "1",
});

// Writes into the form, and so into the address, whether the order is reversed.
function reverse(isReversed) {
  filters.elements.reversed.value = isReversed ? "1" : "";
}

// Writes into the form, and so into the address, which rows are ticked; the table shows that already.
function keepChosen() {
  filters.elements.chosen.value = [...chosen].join(",");
  filters.dispatchEvent(new Event("kept"));
}

// Ticks the rows that the form names, those at least that may be compared.
function readChosen() {
  const numbers = filters.elements.chosen.value.split(",").filter(Boolean).map(Number);
  for (const number of numbers.slice(0, MAX_COMPARED)) chosen.add(number);
}

export function countRows() {
  const waiting = rows.filter(isWaiting).length;
  const failed = rows.filter((row) => row.state === "failed").length;
  return { scored: rows.filter(isScored).length, failed, waiting, over: rows.length - waiting };
}

export function describeCounts() {
  const { scored, failed, waiting } = countRows();
  const parts = [
    _("%(scored)s scored", { scored }),
    failed && _("%(failed)s not scored", { failed }),
    waiting && _("%(waiting)s to come", { waiting }),
  ].filter(Boolean);
  return ngettext("%(num)s résumé: %(parts)s.", "%(num)s résumés: %(parts)s.", rows.length, { parts: parts.join(", ") });
}

function showCounts() {
  const { waiting, over } = countRows();
  write(page.querySelector("#counts"), describeCounts());
  const progress = page.querySelector("#progress");
  progress.hidden = !waiting;
  progress.max = rows.length;
  progress.value = over;
  const isAll = shown.length === rows.length; // how many that is stands above
  write(page.querySelector("#shown"), isAll ? "" : _("%(shown)s of %(all)s are shown.", { shown: shown.length, all: rows.length }));
  page.querySelector("#nothing").hidden = shown.length > 0;
}

// Opens the comparison, and writes that into the address; rows without details, of earlier versions, are left out.
function look(...looked) {
  const known = looked.filter(({ details }) => details);
  if (!known.length) return;
  showClosely(known);
  history.replaceState(null, "", `#${known.map(({ number }) => number)}`);
}

// Opens the comparison that the address names, as soon as its rows are loaded.
function lookAsAsked() {
  const looked = rows.filter(({ number, details }) => details && opening.includes(String(number))).slice(0, MAX_COMPARED);
  if (!looked.length || looked.length < Math.min(opening.length, MAX_COMPARED)) return;
  opening = [];
  look(...looked);
}

function showTray() {
  tray.hidden = chosen.size === 0;
  tray.querySelector("#chosen").textContent = ngettext("%(num)s résumé chosen", "%(num)s résumés chosen", chosen.size);
  tray.querySelector("#look").textContent = chosen.size > 1 ? _("Compare") : _("Look closer");
}

function show({ isNews = false } = {}) {
  const view = readFilters();
  const asked = found ? rows.filter(({ number }) => found.has(number)) : rows;
  shown = orderRows(filterRows(asked, view), view);
  showRows(shown, chosen, { isNews, quotes: found });
  showPoints(shown, chosen, look);
  markOrder(view);
  showCounts();
  showTray();
}

function choose(box, number) {
  if (box.checked && chosen.size === MAX_COMPARED) {
    box.checked = false;
    return say(_("You can compare at most %(most)s. Deselect one first.", { most: MAX_COMPARED }));
  }
  if (box.checked) chosen.add(number);
  else chosen.delete(number);
  say("");
  keepChosen();
  showPoints(shown, chosen, look);
  showTray();
}

export const listChosen = () => [...chosen];

export const countShown = () => shown.filter(isScored).length;

export const findRow = (target) => rows.find(({ number }) => String(number) === target.closest("tr")?.dataset.number);

function watchTable() {
  const body = page.querySelector("#rows");
  body.addEventListener("change", ({ target }) => target.closest(".pick") && choose(target, findRow(target).number));
  body.addEventListener("click", ({ target }) => target.closest(".look button") && look(findRow(target)));
  page.querySelector("thead").addEventListener("click", ({ target }) => {
    const { order } = target.closest("button")?.parentElement.dataset ?? {};
    if (order) orderBy(order);
  });
}

function orderBy(order) {
  const { elements } = filters;
  reverse(elements.order.value === order && !elements.reversed.value);
  elements.order.value = order;
  filters.dispatchEvent(new Event("input"));
}

function watchFilters() {
  filters.addEventListener("input", ({ target }) => {
    if (target.name === "order") reverse(false);
    show();
  });
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("reset", () => {
    reverse(false);
    setTimeout(show); // the fields are reset after this event
  });
}

function watchTray() {
  tray.querySelector("#look").addEventListener("click", () => look(...rows.filter(({ number }) => chosen.has(number))));
  tray.querySelector("#clear").addEventListener("click", () => {
    chosen.clear();
    keepChosen();
    show({ isNews: true });
    filters.elements.text.focus();
  });
}

function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

const watchButton = (button, act) => page.querySelector(button).addEventListener("click", act);

function watchDownloads() {
  if (!isServed) watchButton("#csv", () => save("rolefit.csv", writeCsv(shown), "text/csv"));
  watchButton("#json", () => save(`${page.dataset.file ?? "rolefit"}.json`, writeJson(shown), "application/json"));
}

// Shows that a row has changed.
export function updateRow(number, change) {
  rows = rows.map((row) => (row.number === number ? { ...row, ...change } : row));
  show({ isNews: true });
}

// Shows only the rows that answer a question, with the words that do; without an answer all rows.
export function showFound(answer) {
  found = answer;
  show();
}

// Shows the rows of a batch, or those that have changed since.
export function updateRows(list) {
  if (!rows.length) readChosen();
  rows = list;
  show({ isNews: true });
  lookAsAsked();
}

const closely = document.querySelector("#compare");
closely.addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
watchTable();
watchFilters();
watchTray();
watchDownloads();
const blindness = new MutationObserver(() => show({ isNews: true }));
blindness.observe(document.documentElement, { attributeFilter: ["data-blind"] });
