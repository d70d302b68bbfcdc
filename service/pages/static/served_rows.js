// The rows of a served batch: asks what has changed until every job has ended; deletes the batch on request.

import { askAgain } from "./find.js";
import { countRows, describeCounts, updateRows } from "./batch.js";
import { UNREACHABLE, explain, pause, say, sayBriefly } from "./notices.js";
import { _ } from "./translation.js";

const POLL_SECONDS = 1;
const POLL_SECONDS_A_ROW = 0.001; // showing takes longer the more rows there are
const TRYING = _("The server is busy or cannot be reached. Trying again…");

const url = document.querySelector("#batch").dataset.url;
const dialog = document.querySelector("#delete-dialog");

const known = new Map(); // the rows by their numbers
let cursor = null; // of the last answer
let isFollowing = false;

// Replaces the rows that have changed, and sets the rank of every row.
function learn({ rows, ranks }) {
  for (const row of rows) known.set(row.number, row);
  for (const row of known.values()) row.ranks = {};
  for (const [role, numbers] of Object.entries(ranks))
    numbers.forEach((number, index) => (known.get(number).ranks[role] = index + 1));
  updateRows([...known.values()]);
  askAgain();
}

// Asks what has changed, and shows it; returns the status of the answer, 0 if none came.
async function ask() {
  const response = await fetch(`${url}/updates?cursor=${cursor ?? ""}`).catch(() => null);
  if (response?.ok) {
    const news = await response.json();
    if (news.cursor !== cursor) learn(news);
    cursor = news.cursor;
  }
  if (response?.status === 404) say(explain(404, await response.text()), true);
  return response?.status ?? 0;
}

// Asks until every job has ended, and announces that unless all had ended at the start.
async function askToTheEnd() {
  let wasWell = true;
  for (let asked = 1; ; asked += 1) {
    const status = await ask();
    if (status === 404) return;
    const isWell = status === 200;
    const { waiting, over } = countRows();
    if (isWell && !waiting) return asked > 1 && sayBriefly(`${_("All résumés are done.")} ${describeCounts()}`);
    if (isWell !== wasWell) say(isWell ? "" : TRYING, !isWell);
    wasWell = isWell;
    await pause(POLL_SECONDS + POLL_SECONDS_A_ROW * (waiting + over));
  }
}

// Starts to show changes of the batch, unless that has started already.
export async function follow() {
  if (isFollowing) return;
  isFollowing = true;
  await askToTheEnd();
  isFollowing = false;
}

async function deleteBatch() {
  const response = await fetch(url, { method: "DELETE" }).catch(() => null);
  if (response?.ok || response?.status === 404) return location.assign("/");
  say(response ? explain(response.status, await response.text()) : UNREACHABLE, true);
}

document.querySelector("#delete").addEventListener("click", () => dialog.showModal());
dialog.addEventListener("close", () => dialog.returnValue === "delete" && deleteBatch());
window.addEventListener("focus", follow); // somebody else may have marked a résumé
follow();
