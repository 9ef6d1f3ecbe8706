// The review form around the members: what is shown when, and where one is.
const form = document.getElementById("review-form");

for (const part of form.querySelectorAll("[data-shown-with]")) {
  const tick = document.getElementById(part.dataset.shownWith);
  const follow = () => { part.hidden = !tick.checked; };
  tick.addEventListener("change", follow);
  follow();
}

// An answer other than the one of the survey before is marked with it.
function answerOf(part) {
  const fields = [...part.querySelectorAll("input, select, textarea")].filter((field) => field.type !== "hidden");
  const ticked = fields.filter((field) => field.checked).map((field) => field.value);
  return fields[0]?.matches("[type=radio], [type=checkbox]") ? ticked.sort().join(";") : fields[0]?.value.trim();
}

function markDifference(part) {
  const earlier = part?.querySelector("[data-earlier]");
  if (!earlier) return;
  const differs = answerOf(part) !== earlier.dataset.earlier;
  earlier.hidden = !differs;
  part.classList.toggle("differs", differs);
}

const COMPARED = ".fact, .member-table td, .member-table tbody th";
for (const part of form.querySelectorAll(COMPARED)) markDifference(part);
form.addEventListener("input", (event) => markDifference(event.target.closest(COMPARED)));
form.addEventListener("change", (event) => {
  if (event.target.matches("tr")) for (const part of event.target.cells) markDifference(part);
  else markDifference(event.target.closest?.(COMPARED));
});

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
