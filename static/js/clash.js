// Two versions of one form: a choice at a difference fills the form below with that version, and back.
import { entriesOf } from "./form_entries.js";

const form = document.getElementById("review-form");
const table = document.getElementById("member-table");
const choices = JSON.parse(document.getElementById("clash-choices")?.textContent ?? "[]");

function set(answers) {
  for (const [name, values] of Object.entries(answers)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      field.disabled = false;
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

function answersOf(names) {
  const answers = Object.fromEntries(names.map((name) => [name, []]));
  for (const [name, value] of entriesOf(form)) answers[name]?.push(value);
  return answers;
}

// A person whom only the other version has comes as a new row, and goes again.
function add(choice) {
  table.dispatchEvent(new CustomEvent("add-row"));
  choice.row = table.tBodies[0].lastElementChild;
  const key = choice.row.dataset.row;
  set(Object.fromEntries(Object.entries(choice.added).map(([column, values]) => [`members-${key}-${column}`, values])));
}

// A person whom the other version lacks is taken out of the sheet, and put back where he stood.
function drop(choice) {
  choice.row = table.tBodies[0].querySelector(`tr[data-row="${choice.dropped}"]`);
  choice.next = choice.row.nextSibling;
  choice.row.remove();
}

function take(choice, isTheirs) {
  if (choice.isTheirs === isTheirs) return;
  choice.isTheirs = isTheirs;
  if (choice.added) isTheirs ? add(choice) : choice.row.remove();
  else if (choice.dropped !== null) isTheirs ? drop(choice) : table.tBodies[0].insertBefore(choice.row, choice.next);
  else set(isTheirs ? choice.take : choice.mine);
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const choice of choices) {
  choice.isTheirs = false;
  choice.mine = answersOf(Object.keys(choice.take));
}
for (const row of document.querySelectorAll("[data-difference]")) {
  const choice = choices[Number(row.dataset.difference) - 1];
  for (const radio of row.querySelectorAll("input")) {
    radio.hidden = false;
    radio.addEventListener("change", () => take(choice, radio.value === "theirs"));
  }
}
for (const button of document.querySelectorAll("[data-take-all]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    for (const radio of document.querySelectorAll(`[data-difference] input[value="${button.dataset.takeAll}"]`)) radio.click();
  });
}
