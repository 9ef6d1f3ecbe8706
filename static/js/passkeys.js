// Asks the browser's key. The server makes the question and checks the answer; this only carries them.
const form = document.querySelector("[data-passkey]");
const button = form?.querySelector("button");
const said = form?.querySelector("[role=status]");

function say(words) {
  said.textContent = words;
}

async function question() {
  const answer = await fetch(form.dataset.passkey, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "fetch" },
    credentials: "same-origin",
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.message);
  return told;
}

async function ask(options) {
  const read = window.PublicKeyCredential;
  if (form.dataset.does === "add") {
    return navigator.credentials.create({ publicKey: read.parseCreationOptionsFromJSON(options) });
  }
  return navigator.credentials.get({ publicKey: read.parseRequestOptionsFromJSON(options) });
}

async function send(event) {
  event.preventDefault();
  say(form.dataset.waits);
  try {
    const key = await ask(await question());
    form.elements.answer.value = JSON.stringify(key.toJSON());
    form.submit();
  } catch (fault) {
    say(fault instanceof DOMException ? form.dataset.failed : fault.message);
  }
}

if (form && window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  form.addEventListener("submit", send);
} else if (form) {
  button.disabled = true;
  say(form.dataset.cannot);
}
