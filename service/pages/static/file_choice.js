// Which of the chosen or dropped files are sent, and why others are not.

import { _ } from "./translation.js";

const inMegabytes = (bytes) => _("%(number)s MB", { number: Math.floor(bytes / 1e6) });

export const isArchive = (file) => /\.zip$/i.test(file.name);

const endsWithOneOf = (name, suffixes) => suffixes.split(" ").some((suffix) => name.toLowerCase().endsWith(suffix));

// Returns whether a system or a program put the file beside documents, by its name and those of the folders it is in,
// the chosen folder apart.
function isPassedOver(file, { passedOver }) {
  const path = (file.droppedPath ?? file.webkitRelativePath ?? "").replace(/^\//, "").split("/");
  const starts = passedOver.split(" ");
  return [...path.slice(1), file.name].some((part) => starts.some((start) => part.startsWith(start)));
}

const PASSED_OVER = _("Not sent: it is hidden, or left by a system or a program.");

function refuse(file, { maxBytes, formats, suffixes }) {
  if (!isArchive(file) && !endsWithOneOf(file.name, suffixes)) return _("Not sent: it is not %(formats)s.", { formats });
  if (!file.size) return _("Not sent: it is empty.");
  if (!isArchive(file) && file.size > maxBytes) return _("Not sent: it is larger than %(size)s.", { size: inMegabytes(maxBytes) });
  return "";
}

const refuseFor = (limit) => _("Not sent: at most %(limit)s can be sent at once. Send this one afterwards.", { limit });

// Returns the files in the order of names, each with the reason why it is not sent, if there is one, and whether that is
// only that nobody means it as a document.
export function listFiles(files, settings) {
  const { maxBytes, maxBatchBytes, maxDocuments } = settings;
  const named = new Intl.Collator(document.documentElement.lang, { numeric: true });
  let room = Number(maxDocuments);
  let bytes = Number(maxBatchBytes);
  return files
    .toSorted((a, b) => named.compare(a.name, b.name))
    .map((file) => {
      if (isPassedOver(file, settings)) return { file, refusal: PASSED_OVER, isPassedOver: true };
      const refusal = refuse(file, { ...settings, maxBytes: Number(maxBytes) });
      if (refusal) return { file, refusal };
      if (!room) return { file, refusal: refuseFor(_("%(count)s files", { count: maxDocuments })) };
      if (file.size > bytes) return { file, refusal: refuseFor(inMegabytes(maxBatchBytes)) };
      room -= 1;
      bytes -= file.size;
      return { file, refusal: "" };
    });
}

const readFile = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));
const readSome = (reader) => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

async function listEntry(entry) {
  if (entry.isFile) return [Object.assign(await readFile(entry), { droppedPath: entry.fullPath })];
  const reader = entry.createReader();
  const files = [];
  for (let some = await readSome(reader); some.length; some = await readSome(reader)) {
    for (const child of some) files.push(...(await listEntry(child)));
  }
  return files;
}

// Returns the files that were dropped, those in dropped folders too.
export async function listDropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean); // gone after the event
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map(listEntry))).flat();
}
