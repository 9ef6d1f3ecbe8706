// No keystroke of a review form is lost: each is kept in the browser at once, and sent as a draft when the line allows.
import { entriesOf, fill, isSame } from "./form_entries.js";
import { read, remove, write } from "./unsent.js";

const SEND_AFTER_MS = 3000; // of quiet
const SEND_AT_LATEST_MS = 15000; // of typing without a pause
const ANSWER_WITHIN_MS = 10000;
const RETRY_MS = [5000, 10000, 20000, 40000, 60000];

const form = document.getElementById("review-form");
const { user, survey, draftUrl } = form.dataset;
const states = [...document.querySelectorAll("[data-save-state]")];
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(document.documentElement.lang, {
  day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit",
});

let isChanged = false;
let changedAt = 0; // of the first change not sent
let timer = 0;
let tries = 0;
let sending = null; // the promise of a request under way
let isLeaving = false; // a button was pressed
let isGoing = false; // and the server answers
let isStopped = !draftUrl; // nothing is sent: complete form, conflict, expired or refused

function show(name) {
  for (const state of states) state.hidden = state.dataset.saveState !== name;
}

// On a page that compares two versions the copy stays tied to the revision it was typed over.
function baseRevision() {
  const kept = "clash" in form.dataset ? read(user, survey) : null;
  return kept?.revision ?? Number(form.elements.revision.value);
}

function keep() {
  return write(user, survey, { revision: baseRevision(), at: Date.now(), entries: entriesOf(form) });
}

function noteChange() {
  if (!isChanged) changedAt = Date.now();
  isChanged = true;
  const isKept = keep();
  if (!isKept) show("unkept");
  else if (!draftUrl) show("kept");
  else if (!isStopped && tries === 0) show("changed");
  if (isStopped) return;
  const wait = Math.min(SEND_AFTER_MS, Math.max(0, changedAt + SEND_AT_LATEST_MS - Date.now()));
  if (tries === 0) schedule(wait);
}

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

function retryLater() {
  show("offline");
  schedule(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
  tries += 1;
}

function stop(name) {
  isStopped = true;
  show(name);
}

function send() {
  if (!isChanged || isStopped || sending) return sending;
  clearTimeout(timer);
  sending = post(entriesOf(form)).finally(() => { sending = null; });
  return sending;
}

async function post(entries) {
  show("saving");
  const body = new URLSearchParams(new FormData(form)); // a quarter of what the same answers take as parts
  let answer;
  try {
    answer = await fetch(draftUrl, { method: "POST", body, redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(3 * ANSWER_WITHIN_MS) });
  } catch {
    return retryLater();
  }
  // A redirect leads to the log-in page; a page instead of JSON says that the log-in is not this one any more.
  if (answer.type === "opaqueredirect") return stop("expired");
  if (answer.status >= 500) return retryLater();
  const told = await answer.json().catch(() => ({ state: "expired" }));
  tries = 0;
  if (told.state === "saved") return follow(told, entries);
  if (told.state === "unreadable") return show("unreadable"); // the next change tries again
  return stop(told.state === "complete" ? "conflict" : told.state);
}

// The page goes on from what was saved; what was typed meanwhile is sent next.
function follow({ revision, rows }, entries) {
  const isTypedMeanwhile = !isSame(entriesOf(form), entries);
  form.elements.revision.value = revision;
  for (const [key, member] of Object.entries(rows)) {
    const row = form.elements[`members-${key}-row`];
    if (row) row.value = member;
  }
  if (isTypedMeanwhile) return noteChange();
  isChanged = false;
  remove(user, survey);
  for (const part of document.querySelectorAll("[data-saved-at]")) part.textContent = clock.format(new Date());
  show("saved");
}

// Whether a field says something else than the page came with.
function isTouched() {
  return [...form.elements].some((field) => {
    if (!field.name || field.type === "hidden" || field.tagName === "BUTTON") return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const shown = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, shown);
  });
}

function offer(copy) {
  const note = document.getElementById("unsent");
  note.querySelector("[data-kept-at]").textContent = calendar.format(new Date(copy.at));
  note.querySelector("[data-someone-saved]").hidden = copy.revision === Number(form.elements.revision.value);
  note.hidden = false;
  form.inert = true; // a choice first, or new typing would take the place of the copy
  note.querySelector("[data-restore]").addEventListener("click", () => {
    close(note);
    form.elements.revision.value = copy.revision;
    fill(form, copy.entries);
    noteChange();
  });
  note.querySelector("[data-drop]").addEventListener("click", () => {
    remove(user, survey);
    close(note);
  });
  note.focus();
}

function close(note) {
  note.hidden = true;
  form.inert = false;
  form.dispatchEvent(new CustomEvent("begin")); // the cursor goes into the form
}

form.addEventListener("input", noteChange);
form.addEventListener("change", noteChange);

// The page is left only when the server answers: over a dead line the browser would show its own
// page in place of the form.
async function isReached() {
  try {
    await fetch(form.dataset.probeUrl, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return true;
  } catch {
    return false;
  }
}

async function leave(submitter) {
  clearTimeout(timer);
  const isThere = await isReached();
  while (sending) await sending; // two saves at once would be a conflict with oneself
  if (!isThere) {
    isLeaving = false;
    return isChanged && !isStopped ? retryLater() : show("offline");
  }
  clearTimeout(timer);
  isStopped = true;
  isChanged = false;
  isGoing = true;
  form.requestSubmit(submitter);
}

form.addEventListener("submit", (event) => {
  if (isGoing) return;
  event.preventDefault();
  if (isLeaving) return; // pressed twice
  isLeaving = true;
  leave(event.submitter);
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
form.addEventListener("save-now", () => { if (isChanged) send(); });
addEventListener("online", () => { if (isChanged) send(); });
addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });

if (location.hash === "#saved") {
  remove(user, survey);
  history.replaceState(null, "", location.pathname + location.search);
}
const copy = read(user, survey);
if ("typed" in form.dataset) noteChange();
else if (copy && !isSame(copy.entries, entriesOf(form))) offer(copy);
else if (copy) remove(user, survey);
else if (isTouched()) noteChange(); // typed before this script arrived over a slow line
