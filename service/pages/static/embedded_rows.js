// The rows of a page that is one file: the page contains them as lines of JSON, and their ranks.

import { updateRows } from "./batch.js";

const lines = document.querySelector("#rows-embedded").textContent.split("\n").filter(Boolean);
const ranks = JSON.parse(document.querySelector("#ranks").textContent);
updateRows(lines.map((line, index) => ({ ...JSON.parse(line), number: index + 1, ranks: ranks[index] })));
