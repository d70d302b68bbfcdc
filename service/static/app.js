// Sends a dropped or chosen résumé and goes to its page.

const message = document.querySelector("#message");

function say(text, wrong = false) {
  message.textContent = text;
  message.classList.toggle("wrong", wrong);
}

async function explain(response) {
  const problem = await response.json().catch(() => null);
  return problem?.detail ?? `The server answered ${response.status}. Please try again.`;
}

async function send(form, file) {
  const maxBytes = Number(form.dataset.maxBytes);
  if (file.size > maxBytes) return say(`This file is larger than ${Math.floor(maxBytes / 1e6)} MB.`, true);
  say(`Sending ${file.name}…`);
  const body = new FormData();
  body.append("file", file);
  const response = await fetch(form.action, { method: "POST", body });
  if (!response.ok) return say(await explain(response), true);
  location.assign(`/matches/${(await response.json()).id}`);
}

function watchUpload(form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  const submit = (files) => {
    if (files.length > 1) return say("Please send one file at a time.", true);
    if (files.length) send(form, files[0]).catch(() => say("The server cannot be reached. Please try again.", true));
    input.value = "";
  };
  input.addEventListener("change", () => submit([...input.files]));
  form.addEventListener("submit", (event) => event.preventDefault());
  // A file dropped beside the field must not replace the page.
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
  document.addEventListener("dragover", () => drop.classList.add("over"));
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    drop.classList.remove("over");
    submit([...event.dataTransfer.files]);
  });
}

const form = document.querySelector("#upload");
if (form) watchUpload(form);
