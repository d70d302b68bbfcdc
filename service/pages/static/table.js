// The table of a batch's rows. Only the first are made; more follow when one scrolls, so that thousands stay fast.

import { make, measure } from "./dom.js";
import {
  legend, findColour, findFit, isBlind, isScored, isWaiting, nameFit, namePerson, nameRequirement, nameRow,
} from "./rows.js";
import { _ } from "./translation.js";

const ROWS_AT_ONCE = 100;
const REASONS_SHOWN = 2;
const REST_OF_COLUMNS = 3 + legend.roles.length; // all but the first
const FOUND = {
  text: _("Text"), skill: _("Skill"), requirement: _("Meets"), title: _("Post"), degree: _("Degree"), years: _("Years"), error: _("Error"),
};
const STATES = { queued: _("Waiting in the queue"), running: _("Reading and scoring…"), erased: _("Deleted") };

const body = document.querySelector("#rows");
const more = document.querySelector("#more");

let listed = [];
let made = 0;
let isChosen = () => false;
let quotes = null;
let makeMarks = null; // what makes the signs by which people keep a résumé; a page without a server has none

function makeName(row) {
  const name = make("bdi", { textContent: nameRow(row) });
  if (!row.job || row.state === "erased") return make("span", { className: "name" }, name);
  return make("a", { className: "name", id: `open-${row.number}`, href: `/matches/${row.job}` }, name);
}

function makePerson(row) {
  const name = namePerson(row);
  return name ? [" ", make("bdi", { className: "quiet", textContent: name })] : [];
}

function makeReason({ requirement, points, towards }) {
  const value = make("span", { className: `points ${findColour(towards)}`, textContent: `+${points.toFixed(1)}` });
  return make("li", {}, value, ` ${nameRequirement(requirement)}`);
}

// The words that answer a question; in the blind view none that may say who somebody is.
const listQuotes = (row) =>
  (quotes?.get(row.number) ?? []).filter(({ where }) => where !== "name" && !(isBlind() && where === "text"));

function makeQuote({ where, text }) {
  const words = where === "text" ? make("q", { textContent: text }) : make("strong", { textContent: text });
  return make("li", { className: "found" }, `${FOUND[where]}: `, words);
}

function makeWhy(row) {
  if (row.error) return make("p", { className: "failure", textContent: row.error.message });
  if (!isScored(row)) return make("p", { className: "quiet", textContent: STATES[row.state] });
  const reasons = row.details?.reasons.slice(0, REASONS_SHOWN) ?? [];
  return make("ul", { className: "why" }, ...listQuotes(row).map(makeQuote), ...reasons.map(makeReason));
}

function makeScore(row, role) {
  const score = row.scores[role.id];
  const cell = make("td", { className: `score ${findColour(role.id)}` });
  if (score === undefined) return cell;
  cell.append(
    make("span", { className: "label", textContent: role.short }),
    make("span", { className: "points", textContent: score.toFixed(1) }),
    make("span", { className: "rank", textContent: `#${row.ranks[role.id]}` }),
    measure(make("span", { className: "bar" }), { part: score / 100 }),
  );
  return cell;
}

function makeFit(row) {
  const fit = findFit(row);
  const cell = make("td", { className: "fit" });
  if (fit) cell.append(make("span", { className: `tag ${findColour(fit)}`, textContent: nameFit(row) }));
  if (row.details?.warnings.length) cell.append(make("span", { className: "tag doubt", textContent: _("Warning") }));
  return cell;
}

function makePick(row) {
  const cell = make("td", { className: "pick" });
  if (!row.details) return cell;
  const label = _("Compare %(name)s", { name: nameRow(row) });
  const box = make("input", { type: "checkbox", id: `pick-${row.number}`, checked: isChosen(row), ariaLabel: label });
  cell.append(make("label", {}, box));
  return cell;
}

function makeLook(row) {
  const cell = make("td", { className: "look" });
  if (!row.details) return cell;
  const words = { textContent: _("Why"), ariaLabel: _("Why: %(name)s", { name: nameRow(row) }) };
  cell.append(make("button", { type: "button", className: "button", id: `look-${row.number}`, ...words }));
  return cell;
}

function makeRow(row) {
  const line = make("tr", { className: row.error ? "failed" : isWaiting(row) ? "waiting" : "" });
  line.dataset.number = row.number;
  const title = make("th", { scope: "row" }, makeName(row), ...makePerson(row), makeWhy(row));
  if (makeMarks && row.job && row.state !== "erased") title.append(makeMarks(row));
  line.append(makePick(row), title);
  if (row.error) {
    title.colSpan = REST_OF_COLUMNS;
    return line;
  }
  const scores = legend.roles.map((role) => makeScore(row, role));
  line.append(...scores, makeFit(row), makeLook(row));
  return line;
}

function makeMore(count = ROWS_AT_ONCE) {
  const next = listed.slice(made, made + count);
  body.append(...next.map(makeRow));
  made += next.length;
  more.hidden = made >= listed.length;
}

export function showMarks(maker) {
  makeMarks = maker;
}

// Shows rows; if the same ones are updated, as many as before, so that the scroll position stays.
export function showRows(rows, chosen, { isNews, quotes: answers = null }) {
  const focused = body.contains(document.activeElement) ? document.activeElement.id : "";
  const count = isNews ? Math.max(made, ROWS_AT_ONCE) : ROWS_AT_ONCE;
  listed = rows;
  quotes = answers;
  made = 0;
  isChosen = (row) => chosen.has(row.number);
  body.replaceChildren();
  makeMore(count);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

export function markOrder({ order, reversed }) {
  for (const head of document.querySelectorAll("th[data-order]")) {
    const isOn = head.dataset.order === order;
    const descends = (order !== "name") !== reversed;
    if (isOn) head.ariaSort = descends ? "descending" : "ascending";
    else head.removeAttribute("aria-sort");
  }
}

more.addEventListener("click", () => makeMore());
new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && makeMore(), {
  rootMargin: "600px",
}).observe(more);
