// The review form around the members: what is shown when, and where one is.
const form = document.getElementById("review-form");

for (const part of form.querySelectorAll("[data-shown-with]")) {
  const tick = document.getElementById(part.dataset.shownWith);
  const follow = () => { part.hidden = !tick.checked; };
  tick.addEventListener("change", follow);
  follow();
}

// The list of parts is drawn again by the live card: links are looked up when they are needed.
const parts = [...form.querySelectorAll(".review-main > .block[id]")];
let here = "";

function mark() {
  for (const link of form.querySelectorAll(".stepper a")) {
    if (link.hash === `#${here}`) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) here = entry.target.id;
  mark();
}, { rootMargin: "-20% 0px -70% 0px" });
for (const part of parts) seen.observe(part);
form.addEventListener("live-card", mark);
