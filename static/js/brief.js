// What is shown for a while only: <div data-brief="seconds">. Its fields are emptied and it is taken away when the time is
// out, or when the page is left; the page asks the server for nothing. The answer's Refresh leads away besides.
(() => {
  const secret = document.querySelector("[data-brief]");
  if (!secret) return;
  const told = document.querySelector("[data-brief-words]");
  const after = document.querySelector("[data-brief-after]");
  const end = Date.now() + Number(secret.dataset.brief) * 1000;
  const hide = () => {
    clearInterval(ticking);
    for (const field of secret.querySelectorAll("input, textarea")) {
      field.value = "";
      field.removeAttribute("value");
      field.textContent = "";
    }
    secret.remove();
    if (told) told.remove();
    if (after) after.hidden = false;
  };
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left <= 0) { hide(); return; }
    if (told) told.textContent = told.dataset.briefWords.replace("%s", String(left));
  };
  const ticking = setInterval(tick, 500);
  window.addEventListener("pagehide", hide);
  // A screen reader is told once how long it is, not twice a second.
  if (told) told.setAttribute("aria-live", "off");
  tick();
})();
