// The members as a sheet: arrow keys walk from cell to cell, a block copied in Excel is pasted over cells.
// Values of a list are matched by their words or codes; dates and the rest stay text, the server reads them.
import { folded } from "./words.js";

const table = document.getElementById("member-table");
const body = table.tBodies[0];
const note = document.getElementById("paste-note");
const MOST_ROWS = 200;

function place(cell) {
  const holder = cell.closest("td, th");
  return { row: holder.parentElement, index: holder.cellIndex };
}

function at(row, index) {
  return row?.cells[index]?.querySelector(".cell");
}

// The next open cell in a direction; closed cells are stepped over.
function neighbour(cell, down, right) {
  let { row, index } = place(cell);
  for (;;) {
    index += right;
    if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
    const found = at(row, index);
    if (!found) return null;
    if (!found.disabled) return found;
  }
}

function isAtEdge(cell, right) {
  if (cell.tagName === "SELECT") return true;
  const { selectionStart, selectionEnd, value } = cell;
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  return right > 0 ? selectionStart === value.length : selectionEnd === 0;
}

const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

body.addEventListener("keydown", (event) => {
  const cell = event.target;
  const way = WAYS[event.key];
  if (!way || !cell.matches(".cell") || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const [down, right] = way;
  if (right && !isAtEdge(cell, right)) return;
  event.preventDefault(); // a list does not change by walking over it; Alt+Down opens it
  const target = neighbour(cell, down, right);
  if (!target) return;
  target.focus();
  target.select?.();
});

const YES = new Set(["y", "yes", "co", "x", "1", "true", "c"]);
const NO = new Set(["n", "no", "khong", "0", "false", "k"]);
const SEX = { nam: "M", m: "M", male: "M", nu: "F", f: "F", female: "F" };

function optionFor(select, words) {
  const said = folded(words);
  const options = [...select.options].filter((one) => one.value);
  const exact = options.find((one) => one.value.toLowerCase() === said || folded(one.label) === said);
  if (exact) return exact.value;
  const has = (value) => options.some((one) => one.value === value);
  if (has("Y") && YES.has(said)) return "Y";
  if (has("N") && NO.has(said)) return "N";
  if (SEX[said] && has(SEX[said])) return SEX[said];
  const begins = options.filter((one) => folded(one.label).startsWith(said));
  return begins.length === 1 ? begins[0].value : null;
}

// Rows of a block; a cell in quotation marks may hold line breaks and doubled quotation marks.
function blockOf(text) {
  const rows = [[]];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isQuoted && sign === '"' && text[at + 1] === '"') { cell += '"'; at += 1; }
    else if (isQuoted && sign === '"') isQuoted = false;
    else if (isQuoted) cell += sign;
    else if (sign === '"' && cell === "") isQuoted = true;
    else if (sign === "\t") { rows.at(-1).push(cell); cell = ""; }
    else if (sign === "\n") { rows.at(-1).push(cell); rows.push([]); cell = ""; }
    else if (sign !== "\r") cell += sign;
  }
  rows.at(-1).push(cell);
  if (rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
}

// Puts words into a cell; says whether they were understood.
function put(cell, words) {
  const text = words.replace(/\s+/g, " ").trim();
  cell.disabled = false;
  mark(cell, "");
  if (cell.tagName !== "SELECT") {
    cell.value = text;
    return true;
  }
  const value = text === "" ? "" : optionFor(cell, text);
  cell.value = value ?? "";
  if (value === null) mark(cell, text);
  return value !== null;
}

function mark(cell, words) {
  const holder = cell.closest("td, th");
  holder.classList.toggle("not-understood", words !== "");
  holder.querySelector(".pasted-words")?.remove();
  if (!words) return;
  const said = document.createElement("div");
  said.className = "cell-warning pasted-words";
  said.textContent = words;
  holder.append(said);
}

function rowAt(number) {
  while (body.rows.length <= number) table.dispatchEvent(new CustomEvent("add-row"));
  return body.rows[number];
}

body.addEventListener("paste", (event) => {
  const cell = event.target;
  if (!cell.matches(".cell")) return;
  const block = blockOf(event.clipboardData.getData("text/plain"));
  const isOne = block.length === 1 && block[0].length === 1;
  if (isOne && cell.tagName !== "SELECT") return; // an ordinary paste into a field
  event.preventDefault();
  const start = place(cell);
  const first = [...body.rows].indexOf(start.row);
  let pasted = 0;
  let strange = 0;
  block.slice(0, MOST_ROWS - first).forEach((words, down) => {
    const row = rowAt(first + down);
    words.forEach((text, right) => {
      const target = at(row, start.index + right);
      if (!target) return;
      pasted += 1;
      if (!put(target, text)) strange += 1;
    });
  });
  const line = note.querySelector("p");
  line.textContent = (strange ? line.dataset.pasteWords : line.dataset.pasteClean).replace("#", pasted);
  note.hidden = false;
  for (const row of [...body.rows].slice(first, first + block.length)) row.dispatchEvent(new Event("change", { bubbles: true }));
  cell.focus();
});

body.addEventListener("change", (event) => {
  if (event.target.matches(".cell")) mark(event.target, "");
});
