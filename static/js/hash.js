// Works out a file's SHA-256 here, so that the file itself is not sent: <form data-hash-file> with the fields `file` and
// `sha256`. Where the browser cannot (no secure connection, a file too large for memory), the form is sent as it is.
(() => {
  const LARGEST = 1024 * 1024 * 1024;
  const form = document.querySelector("form[data-hash-file]");
  if (!form || !window.crypto || !window.crypto.subtle) return;
  form.addEventListener("submit", async (event) => {
    const chosen = form.elements.file, sum = form.elements.sha256;
    const file = chosen.files[0];
    if (!file || !file.size || file.size > LARGEST) return;
    event.preventDefault();
    try {
      const digest = await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      sum.value = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
      chosen.value = "";
    } catch {
      // The server works it out.
    }
    form.submit();
  });
})();
