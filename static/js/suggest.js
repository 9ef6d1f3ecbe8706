// Suggestions below a search box, as the combobox of the WAI-ARIA practices has them: the cursor stays in the
// box, arrows choose, Enter opens what is chosen or searches. Without answers the box is what it was.
const ASK_AFTER_MS = 250; // of quiet
const GIVE_UP_MS = 4000; // on a bad line
const SHORTEST = 2;

function begin(box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestLabel);
  list.hidden = true;
  const told = document.createElement("span");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  box.after(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": list.id,
  })) box.setAttribute(name, value);
  let timer = 0;
  let asking = null;
  let at = -1;

  const options = () => [...list.querySelectorAll('[role="option"]')];

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(place) {
    at = place;
    options().forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    const chosen = options()[place];
    if (chosen) {
      box.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function show(html) {
    list.innerHTML = html;
    options().forEach((option, index) => { option.id = `${list.id}-${index}`; });
    const isOpen = options().length > 0 && document.activeElement === box;
    list.hidden = !isOpen;
    box.setAttribute("aria-expanded", String(isOpen));
    told.textContent = isOpen ? list.querySelector(".told").textContent : "";
    choose(-1);
  }

  function ask() {
    const words = box.value.trim();
    asking?.abort(); // an old answer never comes over a new one
    if (words.length < SHORTEST) return close();
    const own = new AbortController();
    asking = own;
    const late = setTimeout(() => own.abort(), GIVE_UP_MS);
    fetch(box.dataset.suggestUrl, {
      method: "POST",
      body: new URLSearchParams(new FormData(box.form)),
      headers: { "X-Requested-With": "fetch" },
      redirect: "error",
      credentials: "same-origin",
      signal: own.signal,
    })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
      .then((html) => { if (asking === own && box.value.trim() === words) show(html); })
      .catch(() => { if (asking === own) show(""); })
      .finally(() => clearTimeout(late));
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(ask, ASK_AFTER_MS);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const number = options().length;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && number && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      // Round, through the box itself.
      choose(((at + 1 + by + number + 1) % (number + 1)) - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(options()[at].dataset.url);
    } else if (event.key === "Enter" || event.key === "Tab") close();
  });
  box.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the cursor stays in the box
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) location.assign(option.dataset.url);
  });
}

// Who saves bytes types on without.
if (!navigator.connection?.saveData) document.querySelectorAll("input[data-suggest-url]").forEach(begin);
