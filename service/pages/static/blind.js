// The blind view: `data-blind` on the page's root hides all that is marked `.personal`, in every tab, until it is switched off.
// Runs before the first line of the page is drawn, so that no name is seen for a moment.

const root = document.documentElement;

function setBlind(blind) {
  root.toggleAttribute("data-blind", blind);
  for (const control of document.querySelectorAll(".blind-switch")) {
    control.hidden = false;
    control.setAttribute("aria-checked", String(blind));
  }
}

function isBlind() {
  return localStorage.getItem("blind") === "1";
}

setBlind(isBlind());
document.addEventListener("DOMContentLoaded", () => setBlind(isBlind()));
document.addEventListener("click", (event) => {
  if (!event.target.closest(".blind-switch")) return;
  localStorage.setItem("blind", isBlind() ? "0" : "1");
  setBlind(isBlind());
});
