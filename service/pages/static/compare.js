// The comparison of up to three résumés, or the details of one: what each line of the profiles earned.

import { make, measure } from "./dom.js";
import { legend, findColour, findFit, nameFit, nameRequirement, nameRow } from "./rows.js";
import { _, ngettext } from "./translation.js";

const dialog = document.querySelector("#compare");
const board = document.querySelector("#board");
const MIN_DIFFERENCE = 0.05; // points have one decimal

const nameWarning = (code) => legend.warnings[code] ?? code;

function makeHead(row) {
  const name = make("bdi", { textContent: nameRow(row) });
  const cell = make("th", { scope: "col" }, row.job ? make("a", { href: `/matches/${row.job}` }, name) : name);
  const fit = findFit(row);
  cell.append(make("span", { className: `tag ${findColour(fit)}`, textContent: nameFit(row) }));
  const warnings = row.details.warnings.map(nameWarning);
  cell.append(...warnings.map((textContent) => make("span", { className: "tag doubt", textContent })));
  return cell;
}

// A cell with a figure and a bar for its share of the maximum; null if the résumé has nothing of it.
function makeFigure(value, { most, sign = "" }) {
  if (value === null) return make("td", { className: "quiet", textContent: _("nothing found") });
  const text = value ? `${sign}${value.toFixed(1)}` : "–";
  const cell = make("td", {}, make("span", { className: value ? "points" : "quiet", textContent: text }));
  if (most) cell.append(measure(make("span", { className: "bar" }), { part: Math.min(1, value / most) }));
  return cell;
}

function makeLine(title, values, { most, sign, note = "" }) {
  const head = make("th", { scope: "row", textContent: title });
  if (note) head.append(make("span", { className: "quiet", textContent: ` ${note}` }));
  return make("tr", {}, head, ...values.map((value) => makeFigure(value, { most, sign })));
}

function makeGroup(title, lines, { count, colour = "both" }) {
  if (!lines.length) return "";
  const head = make("th", { scope: "rowgroup", colSpan: count + 1, className: "group", textContent: title });
  return make("tbody", { className: colour }, make("tr", {}, head), ...lines);
}

const spread = (values) => Math.max(...values) - Math.min(...values);

// With one résumé every line counts that earned something; with several only those in which they differ.
const matters = (values) => (values.length === 1 ? values[0] > 0 : spread(values) >= MIN_DIFFERENCE);

const rankLines = (lines) =>
  lines
    .filter(({ values }) => matters(values))
    .toSorted((a, b) => (a.values.length === 1 ? b.values[0] - a.values[0] : spread(b.values) - spread(a.values)));

// The lines that only the given role asks for or, without a role, those that the first two roles share.
function listRequirements(rows, { id = null } = {}) {
  const asked = Object.entries(legend.requirements).filter(([, { role }]) => role === id);
  const lines = asked.map(([key, { title, possible }]) => ({
    title,
    possible,
    values: rows.map((row) => row.details.points[key] ?? 0),
  }));
  return rankLines(lines).map(({ title, values, possible }) =>
    makeLine(title, values, { most: possible, note: _("of %(possible)s", { possible: possible.toFixed(1) }) }),
  );
}

function listDimensions(rows, role) {
  const scale = { most: 100, note: _("of 100") };
  const total = makeLine(_("Score"), rows.map((row) => row.scores[role.id] ?? null), scale);
  const parts = legend.dimensions.map(({ id, title }) =>
    makeLine(title, rows.map((row) => row.details.dimensions[role.id]?.[id] ?? null), scale),
  );
  return [total, ...parts];
}

function listGaps(rows, role) {
  const ids = new Set(rows.flatMap((row) => Object.keys(row.details.gaps[role.id] ?? {})));
  return [...ids].map((id) =>
    makeLine(nameRequirement(id), rows.map((row) => row.details.gaps[role.id]?.[id] ?? 0), { sign: "+" }),
  );
}

function listGroups(rows) {
  const count = rows.length;
  const nameAlone = ({ short: role }) =>
    count === 1
      ? _("Points: asked for by %(role)s alone", { role })
      : _("Where they differ: asked for by %(role)s alone", { role });
  const [first, second] = legend.roles.map(({ short }) => short);
  const shared =
    count === 1
      ? _("Points: asked for by %(first)s and %(second)s", { first, second })
      : _("Where they differ: asked for by %(first)s and %(second)s", { first, second });
  const makeEach = (name, list) =>
    legend.roles.map((role) => makeGroup(name(role), list(rows, role), { count, colour: findColour(role.id) }));
  return [
    ...makeEach((role) => role.title, listDimensions),
    ...makeEach(nameAlone, listRequirements),
    makeGroup(shared, listRequirements(rows), { count }),
    ...makeEach(({ short: role }) => _("What would raise %(role)s most", { role }), listGaps),
  ];
}

// Opens the dialog on one to three rows that have details.
export function showClosely(rows) {
  const title = ngettext("Why these scores", "%(num)s résumés side by side", rows.length);
  dialog.querySelector("h2").textContent = title;
  const head = make("thead", {}, make("tr", {}, make("td"), ...rows.map(makeHead)));
  const table = measure(make("table", { className: "board" }, head, ...listGroups(rows)), { count: rows.length });
  board.replaceChildren(table);
  if (!dialog.open) dialog.showModal();
  board.scrollTop = 0;
}

dialog.querySelector("#close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
