// The rows of a served batch: asked for until every job has ended, and erased on request.

import { countRows, describeCounts, say, updateRows } from "./batch.js";

const POLL_SECONDS = 1;
const POLL_SECONDS_A_ROW = 0.003; // the more rows, the longer an answer
const UNREACHABLE = "The server cannot be reached. Trying again…";

const url = document.querySelector("#batch").dataset.url;
const eraser = document.querySelector("#erase");

let etag = "";

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function explain(response) {
  const problem = await response.json().catch(() => null);
  return problem?.detail ?? `The server answered ${response.status}. Please try again.`;
}

// Asks once; returns after how many seconds to ask again, 0 for never.
async function ask() {
  const response = await fetch(url, { headers: etag ? { "If-None-Match": etag } : {} });
  const { status, headers } = response;
  if (status === 404) return say(await explain(response), true) ?? 0;
  if (status === 429 || status === 503) return say("The server is busy. Trying again…") ?? Number(headers.get("Retry-After") || POLL_SECONDS);
  if (status === 200) {
    etag = headers.get("ETag");
    updateRows((await response.json()).rows);
  } else if (status !== 304) throw new Error(response.statusText);
  const { waiting, over } = countRows();
  return waiting ? POLL_SECONDS + POLL_SECONDS_A_ROW * (waiting + over) : 0;
}

async function follow() {
  let hasWaited = false;
  for (;;) {
    const seconds = await ask().catch(() => say(UNREACHABLE, true) ?? POLL_SECONDS);
    if (!seconds) break;
    hasWaited = true;
    await pause(seconds);
  }
  if (hasWaited && etag) say(`All are over. ${describeCounts()}`);
}

async function erase() {
  if (!confirm("Delete these résumés, their texts and their reports?")) return;
  const response = await fetch(url, { method: "DELETE" }).catch(() => null);
  if (response?.ok || response?.status === 404) return location.assign("/");
  say(response ? await explain(response) : "The server cannot be reached. Please try again.", true);
}

eraser.addEventListener("click", erase);
follow();
