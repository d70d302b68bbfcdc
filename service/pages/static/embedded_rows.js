// The rows of a page that is a file of its own: it holds them, a line of JSON each.

import { updateRows } from "./batch.js";

const lines = document.querySelector("#rows-embedded").textContent.split("\n").filter(Boolean);
const ranks = JSON.parse(document.querySelector("#ranks").textContent);
updateRows(lines.map((line, index) => ({ ...JSON.parse(line), number: index + 1, ranks: ranks[index] })));
