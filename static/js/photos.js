// Pictures are made small here before they travel, and sent without leaving the page. Without this
// script the same forms send the files as they are.
const LONGEST_SIDE_PX = 1600;
const QUALITY = 0.8;
const SMALL_ENOUGH_BYTES = 400_000;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH_BYTES) return file;
  try {
    const picture = await createImageBitmap(file); // upright, as the file says
    const share = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file; // the server looks at it and says what is wrong
  }
}

async function content(form, isPaper) {
  const filled = new FormData(form);
  const files = filled.getAll("files");
  filled.delete("files");
  // A paper's pages stay as sharp as they came; the server makes them small.
  for (const file of files) filled.append("files", isPaper ? file : await smaller(file));
  return filled;
}

function say(form, words, isError) {
  const said = form.querySelector(".photo-said");
  if (!said) return;
  said.textContent = words;
  said.classList.toggle("error", isError);
}

async function send(form) {
  const block = document.getElementById("photos");
  if (form.dataset.busy !== undefined) return; // a second click
  form.dataset.busy = "";
  say(form, block.dataset.busy, false);
  try {
    const isPaper = form.elements.kind?.value === "SIGNED_FORM";
    const answer = await fetch(form.action, {
      method: "POST",
      body: await content(form, isPaper),
      headers: { "X-Requested-With": "fetch" },
      redirect: "manual",
      credentials: "same-origin",
    });
    if (answer.status !== 200 && answer.status !== 422) throw new Error(String(answer.status));
    show(await answer.text(), form);
  } catch {
    delete form.dataset.busy;
    say(form, block.dataset.failed, true);
    form.querySelector(".photo-send")?.classList.add("again");
  }
}

function show(html, form) {
  const made = new DOMParser().parseFromString(html, "text/html").getElementById("photos");
  const kind = form.closest(".photo-slot")?.querySelector("h3")?.id;
  document.getElementById("photos").replaceWith(made);
  listen(made);
  const slot = kind && document.getElementById(kind)?.closest(".photo-slot");
  slot?.querySelector("input[type=file]")?.focus();
}

function listen(block) {
  block.classList.add("ready");
  for (const form of block.querySelectorAll("[data-photo-form]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
    form.addEventListener("change", () => send(form));
  }
}

listen(document.getElementById("photos"));
