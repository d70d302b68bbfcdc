// The rows of a served batch: polls them until every job has ended; deletes the batch on request.

import { askAgain } from "./find.js";
import { countRows, describeCounts, updateRows } from "./batch.js";
import { UNREACHABLE, explain, pause, say } from "./messages.js";

const POLL_SECONDS = 1;
const POLL_SECONDS_A_ROW = 0.003; // the more rows, the longer the answer
const TRYING = "The server is busy or cannot be reached. Trying again…";

const url = document.querySelector("#batch").dataset.url;
const dialog = document.querySelector("#delete-dialog");

let etag = "";

// Asks for the rows, and shows them if there is news; returns the status of the answer, 0 if none came.
async function ask() {
  const response = await fetch(url, { headers: { "If-None-Match": etag } }).catch(() => null);
  if (response?.status === 200) {
    etag = response.headers.get("ETag");
    updateRows((await response.json()).rows);
    askAgain();
  }
  if (response?.status === 404) say(explain(404, await response.text()), true);
  return response?.status ?? 0;
}

// Polls until every job has ended, and says so unless that was so from the start.
async function follow() {
  let wasWell = true;
  for (let asked = 1; ; asked += 1) {
    const status = await ask();
    if (status === 404) return;
    const isWell = status === 200 || status === 304;
    const { waiting, over } = countRows();
    if (isWell && !waiting) return asked > 1 && say(`All résumés are done. ${describeCounts()}`);
    if (isWell !== wasWell) say(isWell ? "" : TRYING, !isWell);
    wasWell = isWell;
    await pause(POLL_SECONDS + POLL_SECONDS_A_ROW * (waiting + over));
  }
}

async function deleteBatch() {
  const response = await fetch(url, { method: "DELETE" }).catch(() => null);
  if (response?.ok || response?.status === 404) return location.assign("/");
  say(response ? explain(response.status, await response.text()) : UNREACHABLE, true);
}

document.querySelector("#delete").addEventListener("click", () => dialog.showModal());
dialog.addEventListener("close", () => dialog.returnValue === "delete" && deleteBatch());
follow();
