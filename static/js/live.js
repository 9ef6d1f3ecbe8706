// The card beside the form follows what is typed. The server's rules say it; nothing is computed here.
const ASK_AFTER_MS = 700; // of quiet

const form = document.getElementById("review-form");
const side = document.getElementById("review-side");
let timer = 0;
let asking = null;

function ask() {
  asking?.abort();
  asking = new AbortController();
  fetch(form.dataset.liveUrl, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { "X-Requested-With": "fetch" },
    redirect: "manual",
    credentials: "same-origin",
    signal: asking.signal,
  })
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
    .then(show)
    .catch(() => side.classList.toggle("stale", true)); // no line: the card waits, greyed
}

function show(html) {
  const focused = side.contains(document.activeElement) ? document.activeElement.hash : null;
  side.innerHTML = html;
  side.classList.remove("stale");
  if (focused) side.querySelector(`a[href="${focused}"]`)?.focus();
  form.dispatchEvent(new Event("live-card"));
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, ASK_AFTER_MS);
}

form.addEventListener("input", later);
form.addEventListener("change", later);
addEventListener("online", later);
