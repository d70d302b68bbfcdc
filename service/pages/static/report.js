// Leads from a quote to its words in the résumé and back, and prints on request. Without it the page reads as well: quotes
// and words are links to each other. The address says what is shown: `#m12` a place, `#r-python` a requirement,
// `#g-python` the advice on it.

import { make } from "./dom.js";
import { _ } from "./translation.js";

const earnings = document.querySelector("#earnings");
const sheets = document.querySelector(".sheets");
let cameFrom = null;

const all = (selector) => [...document.querySelectorAll(selector)];
const listPieces = (number) => all(`.mark[data-marks~="${number}"]`);
const listQuotes = (number) => all(`.quote[href="#m${number}"]`);
const readNumber = (quote) => quote.hash.slice("#m".length);

/** Scrolls the résumé alone to an element where it scrolls by itself, else the page. */
function scrollText(element) {
  if (sheets.scrollHeight <= sheets.clientHeight) return element.scrollIntoView({ block: "center" });
  const offset = element.getBoundingClientRect().top - sheets.getBoundingClientRect().top;
  sheets.scrollTo({ top: sheets.scrollTop + offset - sheets.clientHeight / 3, behavior: "instant" });
}

function clear() {
  for (const element of all(".shown")) element.classList.remove("shown");
  earnings.replaceChildren();
}

function light(elements) {
  for (const element of elements) element.classList.add("shown");
}

function writeEarning(quote) {
  const requirement = quote.closest(".requirement");
  const title = requirement.querySelector(".title");
  const role = quote.closest(".group").dataset.title;
  const places = requirement.querySelectorAll(".quote").length;
  const uses = [...quote.querySelectorAll(".use")].map((use) => use.textContent.replace(",", ""));
  const notes = places > 1 ? [role, ...uses, _("one of %(places)s places", { places })] : [role, ...uses];
  return make("li", {},
    requirement.querySelector(".points").cloneNode(true),
    make("div", {},
      make("a", { href: title.hash, textContent: title.textContent }),
      make("div", { className: "quiet", textContent: notes.join(" · ") })));
}

/** Shows a place of the résumé and what its words earned. */
function showPlace(number) {
  const pieces = listPieces(number);
  const quotes = listQuotes(number);
  if (!pieces.length || !quotes.length) return;
  light([...pieces, ...quotes, ...quotes.map((quote) => quote.closest(".requirement"))]);
  earnings.replaceChildren(
    make("button", { type: "button", className: "button", textContent: _("Close") }),
    make("h3", {}, quotes[0].querySelector(".words").cloneNode(true), ` ${_("counts towards")}`),
    make("ul", {}, ...quotes.map(writeEarning)));
  scrollText(pieces[0]); // once what it earned has taken its share of the room
  pieces[0].scrollIntoView({ block: "nearest" }); // the résumé itself may be out of view
  pieces[0].focus({ preventScroll: true });
}

/** Shows a requirement and lights all the words that it earned its points from. */
function showRequirement(requirement) {
  const pieces = [...requirement.querySelectorAll(".quote")].flatMap((quote) => listPieces(readNumber(quote)));
  light([requirement, ...pieces]);
  requirement.scrollIntoView({ block: "nearest" });
  if (pieces.length && sheets.scrollHeight > sheets.clientHeight) scrollText(pieces[0]);
  requirement.querySelector(".title")?.focus({ preventScroll: true });
}

function reveal(element) {
  for (let closed = element.closest("details"); closed; closed = closed.parentElement.closest("details")) closed.open = true;
}

function show(hash) {
  clear();
  const target = hash.length > 1 && document.getElementById(hash.slice(1));
  if (!target) return;
  reveal(target);
  if (target.matches(".requirement")) showRequirement(target);
  else if (target.closest(".mark")) showPlace(hash.slice("#m".length));
  else target.scrollIntoView();
  document.dispatchEvent(new Event("placeshown"));
}

function go(hash) {
  if (hash !== location.hash) history.pushState(null, "", hash || location.pathname);
  show(hash);
}

function close() {
  go("");
  cameFrom?.focus();
}

function follow(event) {
  if (event.target.closest("#earnings button")) return close();
  const link = event.target.closest(".mark, .quote, .title, .reasons a, .glance a, .said, #earnings a");
  if (!link?.hash || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (!link.closest("#earnings")) cameFrom = link;
  go(link.matches(".mark") ? `#m${link.dataset.marks.split(" ").at(-1)}` : link.hash);
}

function offerPrinting(summary, whole) {
  const root = document.documentElement;
  summary.addEventListener("click", () => print(root.dataset.print = "summary"));
  whole.addEventListener("click", () => print());
  addEventListener("beforeprint", () => {
    for (const details of all("details")) details.open = true;
  });
  addEventListener("afterprint", () => delete root.dataset.print);
}

document.documentElement.classList.add("live");
if (matchMedia("(max-width: 30rem)").matches) for (const details of all(".fold")) details.open = false;
for (const button of all("#print, #print-all")) button.hidden = false;
document.querySelector("main").addEventListener("click", follow);
document.addEventListener("keydown", (event) => event.key === "Escape" && earnings.hasChildNodes() && close());
addEventListener("popstate", () => show(location.hash));
offerPrinting(document.querySelector("#print"), document.querySelector("#print-all"));
show(location.hash);
