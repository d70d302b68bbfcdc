// Polls a job until it has ended, and shows its progress.

import { pause, say } from "./messages.js";

const MAX_POLL_SECONDS = 3;

const job = document.querySelector("[data-job]");

function show(state) {
  for (const step of document.querySelectorAll("[data-step]")) {
    const now = step.dataset.step === state;
    if (now) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
    if (now) say(step.dataset.words);
  }
}

async function isOver() {
  const response = await fetch(job.dataset.job);
  if (response.status === 404) return true;
  if (!response.ok) throw new Error(response.statusText);
  const { state } = await response.json();
  show(state);
  return state === "done" || state === "failed";
}

for (let seconds = 0.2; ; seconds = Math.min(seconds * 1.3, MAX_POLL_SECONDS)) {
  await pause(seconds);
  try {
    if (await isOver()) break;
  } catch {
    say("The server cannot be reached. Trying again…");
  }
}
location.reload();
