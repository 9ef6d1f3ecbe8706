// The table of members: add and remove persons, Enter goes to the next person,
// and cells that are not asked of a person are closed. The server judges everything again.
const table = document.getElementById("member-table");
const template = document.getElementById("member-template");
const body = table.tBodies[0];

const nutritionAskedBelowAge = Number(table.dataset.nutritionBelow);

function nextKey() {
  return Math.max(-1, ...[...body.rows].map((row) => Number(row.dataset.row))) + 1;
}

function addRow(key = nextKey()) {
  const copy = template.content.firstElementChild.cloneNode(true);
  copy.dataset.row = key;
  for (const part of copy.querySelectorAll("[name], [id], [for]")) {
    for (const attribute of ["name", "id", "for"]) {
      const value = part.getAttribute(attribute);
      if (value) part.setAttribute(attribute, value.replace("members-NEW-", `members-${key}-`));
    }
  }
  body.append(copy);
  close(copy);
  return copy;
}

function removeRow(row) {
  const neighbour = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (neighbour ?? addRow()).querySelector(".name-cell .cell").focus();
  body.dispatchEvent(new Event("change", { bubbles: true }));
}

function cell(row, column) {
  return row.querySelector(`[data-column="${column}"] .cell`);
}

function bornOn(text) {
  const full = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  if (full) return new Date(Number(full[3]), Number(full[2]) - 1, Number(full[1]));
  return /^\d{4}$/.test(text.trim()) ? new Date(Number(text), 0, 1) : null;
}

function ageOn(born, day) {
  const before = day.getMonth() < born.getMonth() || (day.getMonth() === born.getMonth() && day.getDate() < born.getDate());
  return day.getFullYear() - born.getFullYear() - (before ? 1 : 0);
}

// Closed cells are not posted, which is right: what is not asked has no answer.
function close(row) {
  const asOf = bornOn(table.dataset.asOf);
  const born = bornOn(cell(row, "birth_date").value);
  const isGrown = born && asOf && ageOn(born, asOf) >= nutritionAskedBelowAge;
  for (const column of ["malnourished_height", "malnourished_weight"]) cell(row, column).disabled = Boolean(isGrown);
  const work = cell(row, "employment").value;
  cell(row, "has_labour_contract").disabled = work !== "" && work !== "wage";
}

body.addEventListener("click", (event) => {
  const button = event.target.closest(".remove-member");
  if (button) removeRow(button.closest("tr"));
});

body.addEventListener("change", (event) => {
  const row = event.target.closest?.("tr");
  if (row && row.parentElement === body) close(row);
});

// As in a sheet: after a run of Tabs, Enter goes to the column where the run began, one person on.
// On a line without any answer it leaves the table: everybody is typed.
let runFrom = null;
let isTab = false;

body.addEventListener("keydown", ({ key }) => { isTab = key === "Tab"; }, true);
body.addEventListener("focusin", ({ target, relatedTarget }) => {
  if (!target.matches(".cell")) return;
  if (!isTab || !body.contains(relatedTarget)) runFrom = target.closest("td, th").cellIndex;
  isTab = false;
});

function isBlank(row) {
  return [...row.querySelectorAll(".cell")].every((one) => one.value.trim() === "");
}

function leave(row) {
  if (body.rows.length > 1) {
    row.remove();
    body.dispatchEvent(new Event("change", { bubbles: true }));
  }
  table.dispatchEvent(new CustomEvent("left-down", { bubbles: true }));
}

body.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.altKey || event.metaKey || !event.target.matches(".cell")) return;
  event.preventDefault();
  const place = event.target.closest("td, th");
  const row = place.parentElement;
  if (!event.shiftKey && !row.nextElementSibling && isBlank(row)) return leave(row);
  const column = runFrom ?? place.cellIndex;
  const next = event.shiftKey ? row.previousElementSibling : row.nextElementSibling ?? addRow();
  const open = [next?.cells[column], ...(next?.cells ?? [])].map((one) => one?.querySelector(".cell:enabled"));
  open.find(Boolean)?.focus();
});

document.getElementById("add-member").addEventListener("click", (event) => {
  event.preventDefault();
  addRow().querySelector(".name-cell .cell").focus();
});

table.addEventListener("add-row", () => addRow()); // a pasted block needs one more

// Exactly these rows (their keys, in order): when a kept copy of the form comes back.
table.addEventListener("set-rows", (event) => {
  for (const row of [...body.rows]) if (!event.detail.includes(row.dataset.row)) row.remove();
  const there = new Set([...body.rows].map((row) => row.dataset.row));
  for (const key of event.detail) if (!there.has(key)) addRow(key);
  for (const cell of body.querySelectorAll(".cell")) cell.disabled = false;
});

for (const row of body.rows) close(row);
