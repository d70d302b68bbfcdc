// Uploads chosen or dropped résumés: lists at once what cannot be sent, and sends the rest. One file leads to its report,
// many to the page of their batch.

import { isArchive, listDropped, listFiles } from "./file_choice.js";
import { make } from "./dom.js";
import { explain, say, write } from "./notices.js";
import { _, ngettext } from "./translation.js";

const BUSY = new Set([429, 503]);
const MAX_NAMES = 100; // of files that are passed over
const SECONDS_BETWEEN = 5; // where the server names none

const form = document.querySelector("#upload");
const drop = form.querySelector(".drop");
const way = form.querySelector("#way");
const progress = form.querySelector("#progress");
const next = form.querySelector("#next");

let sending = null;

function showFiles(items) {
  const lines = items.map((item) => {
    const name = make("bdi", { textContent: item.file.name });
    item.state = make("span", { className: "state", textContent: item.refusal || _("waiting") });
    return make("li", { className: item.isPassedOver ? "refused stray" : item.refusal ? "refused" : "" }, name, item.state);
  });
  form.querySelector("#sending").hidden = false;
  form.querySelector("#list").replaceChildren(...lines);
}

// The files of a request are sent one after the other, so the progress of each follows from the number of sent bytes.
function showProgress(items, { loaded, total }) {
  progress.value = total ? loaded / total : 0;
  if (loaded === total) say(_("Everything is sent. The server is storing it…"));
  const whole = items.reduce((sum, { file }) => sum + file.size, 0);
  let gone = (loaded / (total || 1)) * whole;
  for (const { file, state } of items) {
    const part = Math.min(1, Math.max(0, gone / file.size));
    gone -= file.size;
    write(state, describeState(part));
  }
}

function describeState(part) {
  if (part === 1) return _("sent");
  return part ? _("sending, %(part)s %%", { part: Math.floor(part * 100) }) : _("waiting");
}

// Sends once. Not with `fetch`, which does not report progress of an upload.
function request({ url, items, passedOver, key }) {
  const body = new FormData();
  for (const { file } of items) body.append("file", file);
  const names = passedOver.slice(0, MAX_NAMES).map(({ file }) => file.name);
  if (names.length && url === form.dataset.batch) body.append("passed_over", names.join("\n"));
  for (const role of form.querySelectorAll("[name=role]:checked")) body.append("role", role.value);
  return new Promise((resolve, reject) => {
    const sent = new XMLHttpRequest();
    sent.open("POST", url);
    sent.setRequestHeader("Idempotency-Key", key);
    sent.upload.addEventListener("progress", (event) => showProgress(items, event));
    sent.addEventListener("load", () => resolve(sent));
    sent.addEventListener("error", () => reject(new Error("unreachable")));
    sent.addEventListener("abort", () => resolve(null));
    sent.send(body);
    sending = sent;
  });
}

// Waits for some seconds; returns false if the person cancels meanwhile.
function pause(seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), seconds * 1000);
    sending = { abort: () => resolve(clearTimeout(timer) ?? false) };
  });
}

// Sends again while the server is busy; returns its answer, or null if the person cancels.
async function insist(parcel) {
  const { items } = parcel;
  for (;;) {
    say(ngettext("Sending %(num)s file.", "Sending %(num)s files.", items.length));
    const answer = await request(parcel);
    if (!answer || !BUSY.has(answer.status)) return answer;
    const seconds = Number(answer.getResponseHeader("Retry-After")) || SECONDS_BETWEEN;
    say(`${explain(answer.status, answer.responseText)} ${_("Trying again in %(seconds)s s.", { seconds })}`);
    showProgress(items, { loaded: 0, total: 1 });
    if (!(await pause(seconds))) return null;
  }
}

function offer(text, action) {
  const button = make("button", { type: "button", className: "button strong", textContent: text });
  button.addEventListener("click", action);
  next.replaceChildren(button);
  button.focus();
}

// Opens the results at once, unless some files were refused.
function conclude(path, { items, refused }) {
  if (!refused.length) return location.assign(path);
  const sent = ngettext("%(num)s file sent.", "%(num)s files sent.", items.length);
  say(`${sent} ${_("%(refused)s not sent; the list says why.", { refused: refused.length })}`, true);
  const words = ngettext("See the report", "See the results of %(num)s files", items.length);
  offer(words, () => location.assign(path));
}

function settle(answer, parcel) {
  if (!answer) return say(_("Cancelled."));
  if (answer.status !== 202) return say(explain(answer.status, answer.responseText), true);
  const [, kind, id] = /\/v1\/(\w+)\/([\w-]+)$/.exec(answer.getResponseHeader("Location"));
  conclude(`/${kind}/${id}`, parcel);
}

async function send(parcel) {
  way.hidden = false;
  next.replaceChildren();
  try {
    settle(await insist(parcel), parcel);
  } catch {
    say(_("The server cannot be reached."), true);
    offer(_("Try again"), () => send(parcel));
  }
  way.hidden = true;
}

function take(files) {
  if (!files.length || !way.hidden) return; // nothing, or something is being sent
  const listed = listFiles(files, form.dataset);
  const passedOver = listed.filter((item) => item.isPassedOver);
  const refused = listed.filter((item) => item.refusal && !item.isPassedOver);
  const items = listed.filter(({ refusal }) => !refusal);
  showFiles([...refused, ...passedOver, ...items]);
  if (!items.length) return say(_("None of these files can be sent."), true);
  const isOne = items.length === 1 && !isArchive(items[0].file);
  const key = [...crypto.getRandomValues(new Uint32Array(4))].join("-"); // sent again, it is the same job
  send({ url: isOne ? form.dataset.match : form.dataset.batch, items, refused, passedOver, key });
}

for (const input of form.querySelectorAll("input[type=file]"))
  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = "";
  });
form.querySelector("#cancel").addEventListener("click", () => sending?.abort());
form.addEventListener("submit", (event) => event.preventDefault());

// A file dropped beside the field must not replace the page.
for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
document.addEventListener("dragover", () => drop.classList.add("over"));
document.addEventListener("dragleave", (event) => event.relatedTarget ?? drop.classList.remove("over"));
document.addEventListener("drop", async (event) => {
  drop.classList.remove("over");
  take(await listDropped(event.dataTransfer));
});
