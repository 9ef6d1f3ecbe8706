// After a full save the server leads to an address with "#saved": the browser's own copy may go.
import { remove } from "./unsent.js";

const saved = document.getElementById("saved-survey");
if (saved && location.hash === "#saved") {
  remove(saved.dataset.user, saved.dataset.survey);
  history.replaceState(null, "", location.pathname + location.search);
  // Enter goes on: to the next household of the walk, at its end to a new one.
  (document.getElementById("next-household") ?? document.getElementById("new-household"))?.focus();
}
