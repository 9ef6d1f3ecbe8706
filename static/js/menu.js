// The bar on a narrow screen: one button opens and closes it. Without this script the bar simply stays open.
const bar = document.querySelector(".bar");
const toggle = bar?.querySelector(".bar-toggle");

function show(open) {
  bar.classList.toggle("closed", !open);
  toggle.setAttribute("aria-expanded", String(open));
}

if (toggle) {
  toggle.hidden = false;
  show(false);
  toggle.addEventListener("click", () => show(bar.classList.contains("closed")));
}

// Drop-downs close when one presses Escape or looks elsewhere.
for (const drop of document.querySelectorAll("details.drop")) {
  drop.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drop.open) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!drop.contains(event.target)) drop.open = false;
  });
}
