// Buttons that open a dialog of the page; Escape and "Cancel" close it, the browser gives the cursor back.
for (const button of document.querySelectorAll("[data-dialog]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.dialog).showModal());
}
