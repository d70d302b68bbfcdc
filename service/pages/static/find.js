// The filters: asks the server, which searches the texts, and keeps the question in the page's address, so that it can be
// shared.

import { countShown, listChosen, showFound } from "./batch.js";
import { UNREACHABLE, explain, pause, say } from "./notices.js";
import { _ } from "./translation.js";

const SETTLED_SECONDS = 0.15; // since the last key
const MAX_ON_A_LIST = Number(document.querySelector("#pdf").dataset.most);

const { url } = document.querySelector("#batch").dataset;
const form = document.querySelector("#filters");
const fields = [...form.querySelectorAll("[data-ask], [data-keep]")];

// The value of a field, empty for a box that is not ticked.
const readValue = (field) => (field.type === "checkbox" && !field.checked ? "" : field.value);

const nameParameter = ({ dataset }) => dataset.ask ?? dataset.keep;

// The parameters of the question: those for the server alone, or all that the address has.
function readFields({ all }) {
  const asked = fields.filter((field) => readValue(field) && (field.dataset.ask || (all && field.value !== field.dataset.first)));
  return new URLSearchParams(asked.map((field) => [nameParameter(field), readValue(field)]));
}

let latest = "";

// Asks the server; an answer to an earlier question is not shown.
async function ask(question) {
  const response = await fetch(`${url}/found?${question}`).catch(() => null);
  if (question !== latest) return;
  if (!response?.ok) return say(response ? explain(response.status, await response.text()) : UNREACHABLE, true);
  const { documents } = await response.json();
  showFound(new Map(documents.map(({ number, quotes }) => [number, quotes])));
}

async function change() {
  const said = readFields({ all: true }).toString();
  history.replaceState(null, "", said ? `?${said}` : location.pathname);
  sessionStorage.setItem(location.pathname, location.search); // for the way back from a report
  const question = readFields({ all: false }).toString();
  if (question === latest) return;
  latest = question;
  if (!question) return showFound(null);
  await pause(SETTLED_SECONDS);
  if (question === latest) await ask(question);
}

// Asks again, because the rows have changed.
export const askAgain = () => latest && ask(latest);

// Fills the fields from the address.
function readAddress() {
  const parameters = new URLSearchParams(location.search);
  for (const field of fields) {
    field.dataset.first = field.value;
    const value = parameters.get(nameParameter(field));
    if (value !== null && field.type === "checkbox") field.checked = value === field.value;
    else if (value !== null) field.value = value;
    if (field.selectedIndex === -1) {
      field.value = field.dataset.first;
      say(_("This page cannot show “%(asked)s”, which its address asks for.", { asked: value }), true);
    }
  }
  const isFurther = fields.some((field) => field.closest("details") && readValue(field));
  if (isFurther) form.querySelector("details").open = true;
}

// Files come from the server, which writes what the filters leave, or the rows that are chosen; without names in the blind view.
function download(suffix, asked = readFields({ all: true })) {
  asked.delete("chosen"); // which rows are ticked, the address says and the server does not know
  if (document.documentElement.hasAttribute("data-blind")) asked.set("blind", "1");
  location.assign(`${url}.${suffix}?${asked}`);
}

function downloadShortlist(suffix) {
  const shown = countShown();
  if (shown > 0 && shown <= MAX_ON_A_LIST) return download(suffix);
  say(_("A shortlist has 1 to %(most)s scored résumés, and %(shown)s are shown. Star those that you want, and tick “Starred”.", {
    most: MAX_ON_A_LIST,
    shown,
  }));
}

const watch = (button, act) => document.querySelector(button).addEventListener("click", act);

watch("#csv", () => download("csv"));
watch("#xlsx", () => download("xlsx"));
watch("#pdf", () => downloadShortlist("pdf"));
watch("#html", () => downloadShortlist("html"));
watch("#chosen-pdf", () => download("pdf", new URLSearchParams(listChosen().map((number) => ["number", number]))));
readAddress();
for (const event of ["input", "kept"]) form.addEventListener(event, change);
form.addEventListener("reset", () => setTimeout(change)); // the fields are reset after this event
change();
