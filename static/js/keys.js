// The review form by keyboard alone: Enter goes to the next question, a letter or a number chooses,
// Ctrl+Enter scores, Ctrl+S saves. What the browser does by itself (Tab, Space, arrows) stays.
import { folded } from "./words.js";

const SPELL_WITHIN_MS = 1000;
const form = document.getElementById("review-form");
const score = form.querySelector("[name=act][value=complete]");
const placeKey = `povreg:place:${form.dataset.survey}`;
const STOPS = "#asked_for_review, .fact, .member-table .name-cell";
const FIELDS = "input:not([type=hidden]):enabled, select:enabled";

function remember(name) {
  try {
    sessionStorage.setItem(placeKey, name);
  } catch {
    // A browser that keeps nothing begins at the first person again.
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(placeKey);
  } catch {
    return null;
  }
}

function fieldOf(stop) {
  if (stop.matches(FIELDS)) return stop;
  return stop.querySelector("input:checked:enabled") ?? stop.querySelector(FIELDS);
}

function go(field) {
  if (!field) return;
  field.focus();
  if (field.matches("input:not([type=radio], [type=checkbox])")) field.select();
}

function isShown(part) {
  return part.getClientRects().length > 0;
}

// The question after (or before) a place on the page; the table of members counts as one.
function step(from, back) {
  const stops = [...form.querySelectorAll(STOPS)].filter((one) => isShown(one) && fieldOf(one));
  const firstMember = stops.find((one) => one.matches(".name-cell"));
  const places = stops.filter((one) => !one.matches(".name-cell") || one === firstMember);
  const side = back ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const there = places.filter((one) => from.compareDocumentPosition(one) & side && !from.contains(one));
  const next = back ? there.at(-1) : there[0];
  if (next) go(fieldOf(next));
  else if (!back) score.focus();
}

form.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "Enter") {
    event.preventDefault();
    score.click();
  } else if (key === "Enter" && target.matches("#asked_for_review, .fact input, .fact select")) {
    event.preventDefault();
    step(target.closest(".fact") ?? target, event.shiftKey);
  }
});

// Anywhere on the page: whoever presses it means this form, not the browser's copy of the page.
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
  if (!form.dataset.draftUrl) return;
  event.preventDefault();
  form.dispatchEvent(new CustomEvent("save-now"));
});

form.addEventListener("left-down", () => step(document.getElementById("member-table"), false));

// Letters spell the beginning of an option, without accents; the same letter again takes the next
// one; where no option begins with a digit, a number takes the option at that place.
let spelled = "";
let spelledAt = 0;
let spelledIn = null;

function chosen(select, sign) {
  const options = [...select.options].filter((one) => one.value);
  const isFresh = spelledIn !== select || Date.now() - spelledAt > SPELL_WITHIN_MS;
  spelledIn = select;
  spelledAt = Date.now();
  spelled = (isFresh ? "" : spelled) + sign;
  const isPlace = /^\d+$/.test(spelled) && !options.some((one) => /^\d/.test(one.label));
  if (isPlace) return options[Number(spelled) - 1] ?? options[Number(sign) - 1];
  const begins = (words) => options.filter((one) => folded(one.label).startsWith(words));
  const exact = begins(folded(spelled));
  if (exact.length > 0 && spelled.length > 1) return exact[0];
  spelled = sign;
  const same = begins(folded(sign));
  return same[(same.indexOf(select.selectedOptions[0]) + 1) % same.length];
}

function told(field) {
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}

function answer(radio, sign) {
  const choices = [...radio.closest("fieldset").querySelectorAll("[type=radio]")];
  const wanted = choices.find((one) => folded(one.labels[0].textContent).startsWith(sign));
  if (!wanted) return false;
  wanted.focus();
  wanted.checked = true;
  told(wanted);
  return true;
}

form.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1 || event.key === " ") return;
  const sign = folded(event.key);
  if (!sign) return;
  if (target.matches("[type=radio]") && answer(target, sign)) event.preventDefault();
  if (!target.matches("select")) return;
  event.preventDefault();
  const option = chosen(target, sign);
  if (!option || option.selected) return;
  target.value = option.value;
  told(target);
});

// Where the cursor stands when the page comes: at the summary of errors or a choice to make, where
// one was before a save, else at the first person. On a phone a keyboard would jump up: not there.
form.addEventListener("focusin", ({ target }) => {
  const name = target.id || target.closest(".fact")?.id;
  if (name && target.matches(FIELDS)) remember(name);
});

function begin() {
  if (form.inert || document.querySelector("[data-focus-on-load]") || !matchMedia("(pointer: fine)").matches) return;
  if (document.activeElement !== document.body || !["", "#saved"].includes(location.hash)) return;
  const before = form.dataset.draftUrl && document.getElementById(remembered());
  const first = [...form.querySelectorAll("[data-shown-with] input[type=radio]")].find((one) => isShown(one) && !form.elements[one.name].value);
  const place = before && isShown(before) ? before : first ?? form.querySelector(".name-cell");
  go(fieldOf(place));
}

form.addEventListener("begin", begin);
begin();
