// The mark of the résumé that a page shows, and the way back to its batch as it was left.

import { makeMarks } from "./mark_signs.js";
import { _ } from "./translation.js";

const root = document.documentElement;
const place = document.querySelector("#kept");
let mark = JSON.parse(place.dataset.mark);

const back = document.querySelector(".back");
if (back) back.search = sessionStorage.getItem(back.pathname) ?? "";

function show() {
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  const isBlind = root.hasAttribute("data-blind");
  place.replaceChildren(makeMarks({ key: "here", name: _("this résumé"), job: place.dataset.job, mark, isBlind, update }));
  if (focused) document.getElementById(focused)?.focus();
}

function update(kept) {
  mark = kept;
  show();
}

new MutationObserver(show).observe(root, { attributeFilter: ["data-blind"] });
show();
