// The buttons in the tables of the tab "Documents", and its two dialogs.
// What a button means is decided by the server.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  let wanted = "";
  let opener = null;
  const press = (id, value) => { wanted = value; one(id).click(); };
  const shut = (box) => { box.close(); opener?.focus(); };
  const show = (id) => {
    const box = one(id);
    if (!box.open) box.showModal();
    // Gradio exchanges the dialog's HTML: the handlers are set anew on what is there now.
    box.addEventListener("cancel", (event) => { event.preventDefault(); shut(box); });
    return box;
  };
  document.addEventListener("click", (event) => {
    const dialog = event.target.closest?.("#qa-leaf, #qa-confirm");
    if (dialog && event.target === dialog) return shut(dialog);
    const button = event.target.closest?.("button");
    if (!button) return;
    const { preview, remove, removeNow, rollback, unpin } = button.dataset;
    if (dialog && ("close" in button.dataset || "keep" in button.dataset)) {
      event.stopImmediatePropagation();
      shut(dialog);
    } else if (preview) { opener = button; press("#qa-preview", preview); }
    else if (remove) { opener = button; press("#qa-removing", remove); }
    else if (removeNow) {
      const purge = one("#qa-purge").checked;
      shut(dialog);
      press("#qa-remove-now", JSON.stringify([removeNow, purge]));
    } else if (rollback) press("#qa-go-back", rollback);
    else if (unpin) press("#qa-unpin", unpin);
  });
  // No key of the page does anything behind an open dialog.
  document.addEventListener("keydown", (event) => {
    if (document.querySelector(":is(#qa-leaf, #qa-confirm)[open]")) event.stopImmediatePropagation();
  });
  window.qaDocuments = {
    wanted: () => wanted,
    leaf() {  show("#qa-leaf").querySelector(".qa-reader-text")?.focus();  },
    confirm() { show("#qa-confirm").querySelector("[data-keep]").focus(); },
  };
})();
