// Erases the report on request.

const message = document.querySelector("#message");
const button = document.querySelector("#erase");

async function erase(url) {
  const response = await fetch(url, { method: "DELETE" }).catch(() => null);
  if (response?.ok || response?.status === 404) return location.assign("/");
  message.textContent = response ? `The server answered ${response.status}.` : "The server cannot be reached. Please try again.";
}

button.addEventListener("click", () => erase(button.dataset.url));
