// The review form around the members: what is shown when, and where one is.
const form = document.getElementById("review-form");

for (const part of form.querySelectorAll("[data-shown-with]")) {
  const tick = document.getElementById(part.dataset.shownWith);
  const follow = () => { part.hidden = !tick.checked; };
  tick.addEventListener("change", follow);
  follow();
}

const links = new Map([...form.querySelectorAll(".stepper a")].map((link) => [link.hash.slice(1), link]));
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    for (const link of links.values()) link.removeAttribute("aria-current");
    links.get(entry.target.id)?.setAttribute("aria-current", "step");
  }
}, { rootMargin: "-20% 0px -70% 0px" });
for (const id of links.keys()) {
  const part = document.getElementById(id);
  if (part) seen.observe(part);
}
