/* The table of an edition: units open and fold away without loading the page again. */

const links = [...document.querySelectorAll("[data-fold]")];
const all = document.querySelector("[data-fold-all]");

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(link, link.getAttribute("aria-expanded") !== "true");
  });
}
if (all && links.length) {
  const closed = all.textContent;
  all.hidden = false;
  all.addEventListener("click", () => {
    const opens = all.getAttribute("aria-expanded") !== "true";
    for (const link of links) show(link, opens);
    all.setAttribute("aria-expanded", String(opens));
    all.textContent = opens ? all.dataset.open : closed;
  });
}
openTarget();
window.addEventListener("hashchange", openTarget);

function show(link, opens) {
  document.getElementById(link.dataset.fold).hidden = !opens;
  link.setAttribute("aria-expanded", String(opens));
}

/* A link to a unit that is folded away opens what it lies in. */
function openTarget() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const folded = target && target.closest("tbody[hidden]");
  if (!folded) return;
  const link = links.find((one) => one.dataset.fold === folded.id);
  if (link) show(link, true);
  target.scrollIntoView({ block: "center" });
}
