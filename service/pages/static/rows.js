// The rows of a batch: how they are named, judged, ranked, filtered, put in order and written to files. Knows no page.

export const catalog = JSON.parse(document.querySelector("#catalog").textContent);

export const isBlind = () => document.documentElement.hasAttribute("data-blind");

// In the blind view a document goes by the place in which it came in, for file names are often people's names.
export const nameRow = (row) => (isBlind() || !row.name ? `Résumé ${row.number}` : row.name);

export const nameRequirement = (id) => catalog.requirements[id]?.title ?? id.replaceAll("-", " ");

export const isScored = (row) => Object.keys(row.scores).length > 0;

export const isWaiting = (row) => row.state === "queued" || row.state === "running";

export const findBest = (row) => Math.max(-1, ...Object.values(row.scores));

// How far the first role is ahead of the second, in points.
export const findLead = (row) => row.scores[catalog.roles[0].id] - row.scores[catalog.roles[1].id];

// What the verdict comes to: a role's id, "close", "neither", or nothing while there is none.
export function findFit(row) {
  if (!isScored(row)) return "";
  return row.best_fit ?? (row.close ? "close" : "neither");
}

export function nameFit(fit) {
  const role = catalog.roles.find(({ id }) => id === fit);
  return role?.short ?? { close: "Too close to call", neither: "Neither role" }[fit] ?? "";
}

// The colour of a role or of a verdict, as style.css has it: "first", "second", or "both" for what is neither of the two.
export const findColour = (fit) => ["first", "second"][catalog.roles.findIndex(({ id }) => id === fit)] ?? "both";

// A row that was scored before a role was added has no score for it, and stands last.
const scoreFor = (row, id) => row.scores[id] ?? -1;

// Gives each row its place among those scored, for each role: equal scores stand in the order of names.
export function rankRows(rows) {
  const scored = rows.filter(isScored);
  for (const row of rows) row.ranks = {};
  for (const { id } of catalog.roles) {
    const ranked = [...scored].sort((a, b) => scoreFor(b, id) - scoreFor(a, id) || compareNames(a, b));
    ranked.forEach((row, index) => (row.ranks[id] = index + 1));
  }
  return rows;
}

const compareNames = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.number - b.number);

export function listWords(row) {
  const reasons = row.details?.reasons.map(({ requirement }) => nameRequirement(requirement)) ?? [];
  return [nameRow(row), ...reasons, nameFit(findFit(row)), row.error?.message ?? ""].join("\n").toLowerCase();
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
const collator = new Intl.Collator("en", { numeric: true });
const ORDERS = {
  best: findBest,
  lead: findLead,
  name: nameRow,
  ...Object.fromEntries(catalog.roles.map(({ id }) => [id, (row) => scoreFor(row, id)])),
};

export function orderRows(rows, { order, reversed }) {
  const value = ORDERS[order];
  const compare = order === "name" ? (a, b) => collator.compare(value(a), value(b)) : (a, b) => value(b) - value(a);
  const sign = reversed ? -1 : 1;
  const known = rows.filter((row) => order === "name" || isScored(row));
  const others = rows.filter((row) => order !== "name" && !isScored(row)); // always last, whichever way round
  known.sort((a, b) => sign * compare(a, b) || compareNames(a, b));
  return [...known, ...others.sort((a, b) => isWaiting(a) - isWaiting(b) || compareNames(a, b))];
}

const namedAsShown = (row) => ({ ...row, name: nameRow(row) });

export const writeJson = (rows) => JSON.stringify(rows.map(namedAsShown), null, 1);

// A spreadsheet takes a cell that begins with one of these for a formula.
const defuse = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quote = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// The columns of `rolefit batch --format csv`.
export function writeCsv(rows) {
  const ids = catalog.roles.map(({ id }) => id);
  const lines = rows.map((row) => [
    defuse(nameRow(row)),
    ...ids.map((id) => row.scores[id]?.toFixed(1)),
    row.best_fit,
    row.margin?.toFixed(1),
    row.close,
    row.error?.code,
    row.error?.message,
  ]);
  const header = ["name", ...ids, "best_fit", "margin", "close", "error", "message"];
  return [header, ...lines].map((cells) => `${cells.map((cell) => quote(String(cell ?? ""))).join(",")}\n`).join("");
}
