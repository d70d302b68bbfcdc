// The rows of a batch: how they are named, filtered, put in order and written to files. Knows no page.

import { fillIn } from "./translation.js";

export const legend = JSON.parse(document.querySelector("#legend").textContent);

export const isBlind = () => document.documentElement.hasAttribute("data-blind");

// The blind view names documents by their numbers, because file names are often people's names.
export const nameRow = (row) => (isBlind() || !row.name ? fillIn(legend.blind_name, { number: row.number }) : row.name);

// The person that a document names, beside its own name; nobody in the blind view.
export const namePerson = (row) => (isBlind() ? "" : (row.person_name ?? ""));

export const nameRequirement = (id) => legend.requirements[id]?.title ?? id.replaceAll("-", " ");

export const isScored = (row) => Object.keys(row.scores).length > 0;

export const isWaiting = (row) => row.state === "queued" || row.state === "running";

export const findBest = (row) => Math.max(-1, ...Object.values(row.scores));

// By how many points the first of two roles is ahead of the second.
export const findLead = (row, [first, second] = legend.roles) => row.scores[first.id] - row.scores[second.id];

// The result of the verdict: a role's id, "close", "neither", or nothing while there is none.
export const findFit = (row) => row.fit ?? "";

// The verdict in few words, nothing while there is none.
export function nameFit(row) {
  const { title, low_title } = legend.fits.find(({ id }) => id === findFit(row)) ?? { title: "" };
  return row.scores[findFit(row)] < legend.low_below ? low_title : title;
}

// The colour of a role or of a verdict, as style.css has it; "both" is that of a verdict which names no role.
export const findColour = (fit) => legend.roles.find(({ id }) => id === fit)?.tone ?? "both";

// A row that was scored before a role was added has no score for it, and stands last.
const scoreFor = (row, id) => row.scores[id] ?? -1;

const compareNames = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.number - b.number);

export function listWords(row) {
  const reasons = row.details?.reasons.map(({ requirement }) => nameRequirement(requirement)) ?? [];
  return [nameRow(row), namePerson(row), ...reasons, nameFit(row), row.error?.message ?? ""].join("\n").toLowerCase();
}

export function filterRows(rows, { text, fit, state, least }) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      (!fit || findFit(row) === fit) &&
      (!state || (state === "waiting" ? isWaiting(row) : row.state === state)) &&
      (!least || findBest(row) >= least) &&
      (!words.length || words.every((word) => listWords(row).includes(word))),
  );
}

// What rows can be ordered by: the number or text that stands for a row. Numbers begin with the largest.
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
const ORDERS = {
  best: findBest,
  lead: findLead,
  name: nameRow,
  ...Object.fromEntries(legend.roles.map(({ id }) => [id, (row) => scoreFor(row, id)])),
};

export function orderRows(rows, { order, reversed }) {
  const value = ORDERS[order];
  const compare = order === "name" ? (a, b) => collator.compare(value(a), value(b)) : (a, b) => value(b) - value(a);
  const sign = reversed ? -1 : 1;
  const known = rows.filter((row) => order === "name" || isScored(row));
  const others = rows.filter((row) => order !== "name" && !isScored(row)); // always last, whichever way round
  known.sort((a, b) => sign * compare(a, b) || compareNames(a, b));
  return [...known, ...others.toSorted((a, b) => isWaiting(a) - isWaiting(b) || compareNames(a, b))];
}

const namedAsShown = (row) => ({ ...row, name: nameRow(row), person_name: namePerson(row) || null });

export const writeJson = (rows) => JSON.stringify(rows.map(namedAsShown), null, 1);

// Where a spreadsheet would begin a formula, as the server says; see columns.py.
const FORMULA = new RegExp(legend.formula, "g");
const defuse = (text) => text.replace(FORMULA, "$1'");
const quote = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const readCell = (row, { path }) => path.reduce((part, key) => part?.[key], row);
const writeCell = (value) => (typeof value === "number" ? value.toFixed(1) : defuse(String(value ?? "")));

// The table in the columns that the legend names, the first of which is the name.
export function writeCsv(rows) {
  const { columns } = legend;
  const lines = rows.map(namedAsShown).map((row) => columns.map((column) => writeCell(readCell(row, column))));
  const header = columns.map(({ title }) => title);
  return [header, ...lines].map((cells) => `${cells.map(quote).join(",")}\n`).join("");
}
