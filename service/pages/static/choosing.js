// Which files are meant by a choice or a drop, and which of them the server would refuse.

const LEFT_BY_PROGRAMS = /^(\.|~\$)/; // what systems, and Word while a file is open, put beside documents
const LATER = "Send it afterwards.";
const READABLE = /\.(pdf|docx|txt|zip)$/i;

const inMegabytes = (bytes) => `${Math.floor(bytes / 1e6)} MB`;

export const isArchive = (file) => /\.zip$/i.test(file.name);

function refuse(file, { maxBytes }) {
  if (!READABLE.test(file.name)) return "Not sent: it is no PDF, Word document (.docx) or plain text (.txt).";
  if (!file.size) return "Not sent: it is empty.";
  if (!isArchive(file) && file.size > maxBytes) return `Not sent: it is larger than ${inMegabytes(maxBytes)}.`;
  return "";
}

// Returns the files in the order of names, each with the reason why it is not sent, if there is one.
export function listFiles(files, { maxBytes, maxBatchBytes, maxDocuments }) {
  const meant = files.filter((file) => !LEFT_BY_PROGRAMS.test(file.name));
  const named = new Intl.Collator("en", { numeric: true });
  let room = Number(maxDocuments);
  let bytes = Number(maxBatchBytes);
  return meant
    .sort((a, b) => named.compare(a.name, b.name))
    .map((file) => {
      const refusal = refuse(file, { maxBytes: Number(maxBytes) });
      if (refusal) return { file, refusal };
      if (!room) return { file, refusal: `Not sent: ${maxDocuments} files go at once. ${LATER}` };
      if (file.size > bytes) return { file, refusal: `Not sent: ${inMegabytes(maxBatchBytes)} go at once. ${LATER}` };
      room -= 1;
      bytes -= file.size;
      return { file, refusal: "" };
    });
}

const readFile = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));
const readSome = (reader) => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

async function listEntry(entry) {
  if (entry.isFile) return [await readFile(entry)];
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
