// Pages of a record's pictures by the arrow keys, and the first hit brought into sight. Without it there are links.
(() => {
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || typing(event.target)) return;
    const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = way && document.querySelector(`.picture-bar a[rel="${way}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
  document.querySelector(".picture-row [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  document.querySelector(".picture-hit")?.scrollIntoView({ block: "center", inline: "nearest" });
})();
