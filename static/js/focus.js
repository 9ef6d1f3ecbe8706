// After a page that reports errors, the reader starts at the summary; its links put the cursor into the field.
const summary = document.querySelector("[data-focus-on-load]");
summary?.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-field-link]");
  if (!link) return;
  const field = document.querySelector(link.getAttribute("href"));
  if (!field) return;
  event.preventDefault();
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  field.scrollIntoView({ block: "center" });
  const entry = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea") ?? field;
  entry.focus();
  if (entry.matches("input:not([type=radio], [type=checkbox])")) entry.select(); // as Tab does: typing takes its place
});
