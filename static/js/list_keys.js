// Keys of the household list. "/" goes to the search field, unless one is typing or has turned it
// off (WCAG 2.1.4); arrow down goes from the field into the rows, arrows up and down from row to row.
const OFF = "povreg.searchKeyOff";
const field = document.querySelector("#words");
const turned = document.querySelector("#search-key");

function kept() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function keep(isOff) {
  try {
    if (isOff) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // Without storage it holds for this page.
  }
}

function isTyping(target) {
  return target.isContentEditable || target.matches("input, select, textarea");
}

function step(from, by) {
  const links = [...document.querySelectorAll(".household-table tbody th a")];
  const at = from === field ? -1 : links.indexOf(from);
  if (at < 0 && from !== field) return false;
  const next = at + by < 0 ? field : links[at + by];
  next?.focus();
  return Boolean(next);
}

if (field && turned) {
  turned.checked = !kept();
  turned.closest("label").hidden = false;
  turned.addEventListener("change", () => keep(!turned.checked));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "/" && turned.checked && !isTyping(event.target)) {
      event.preventDefault();
      field.focus();
      field.select();
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && step(event.target, by)) event.preventDefault();
  });
}
