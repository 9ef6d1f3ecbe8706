// Who logs out leaves no copy of a family's form on this computer; a word before unsent changes are dropped.
import { keysOf, removeAllOf } from "./unsent.js";

const leave = document.getElementById("log-out");
leave?.addEventListener("submit", (event) => {
  const { user, question } = leave.dataset;
  if (keysOf(user).length > 0 && !confirm(question)) event.preventDefault();
  else removeAllOf(user);
});
