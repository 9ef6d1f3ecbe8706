// The list of households by keyboard: type into the search, arrow down to the first household and on, Enter opens.
const words = document.getElementById("words");

function links() {
  return [...document.querySelectorAll(".household-table tbody th a")];
}

document.addEventListener("keydown", (event) => {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const stops = [words, ...links()];
  const at = stops.indexOf(document.activeElement);
  if (at < 0 || !stops[at + way]) return;
  event.preventDefault();
  stops[at + way].focus();
});

// On a phone the keyboard would jump up and hide the list: not there.
if (matchMedia("(pointer: fine)").matches && document.activeElement === document.body && !location.hash && scrollY === 0) words.focus();
