// Polls a job until it has ended, shows its progress, and cancels it on request.

import { explain, pause, say, UNREACHABLE } from "./notices.js";
import { _, ngettext } from "./translation.js";

const MAX_POLL_SECONDS = 3;

const section = document.querySelector("[data-job]");
const { job } = section.dataset;
const cancel = document.querySelector("#cancel");
let cancelled = false;

function describeWaiting({ ahead, workers_answer: answer }, words) {
  if (!answer) return _("No worker is running. The document waits until one starts.");
  if (!ahead) return words;
  return ngettext("One document is ahead of it.", "%(count)s documents are ahead of it.", ahead, { count: ahead });
}

function show({ state, stage, waiting }) {
  for (const step of document.querySelectorAll("[data-step]")) {
    const now = step.dataset.step === (stage ?? state);
    if (now) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
    if (now) say(waiting ? describeWaiting(waiting, step.dataset.words) : step.dataset.words);
  }
}

async function isOver() {
  const response = await fetch(job);
  if (response.status === 404) return true;
  if (!response.ok) throw new Error(response.statusText);
  const answer = await response.json();
  show(answer);
  return answer.state === "done" || answer.state === "failed";
}

async function cancelJob() {
  cancelled = true;
  const response = await fetch(job, { method: "DELETE" }).catch(() => null);
  if (response?.ok || response?.status === 404) return location.replace("/deleted");
  cancelled = false;
  say(response ? explain(response.status, await response.text()) : UNREACHABLE, true);
}

async function waitForEnd() {
  for (let seconds = 0.2; ; seconds = Math.min(seconds * 1.3, MAX_POLL_SECONDS)) {
    await pause(seconds);
    try {
      if (!cancelled && (await isOver()) && !cancelled) return location.reload();
    } catch {
      say(_("The server cannot be reached. Trying again…"));
    }
  }
}

cancel.hidden = false;
cancel.addEventListener("click", cancelJob);
waitForEnd();
