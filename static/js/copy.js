// Copies a field's text: <button data-copy="id of the field" data-done="words when done" hidden>. Without this script, or
// where the browser does not let a page copy, the button stays hidden and the text is selected by hand.
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      if (!field) return;
      try {
        await navigator.clipboard.writeText(field.value);
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = words; }, 3000);
      } catch {
        field.select();
      }
    });
  }
})();
