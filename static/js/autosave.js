/* Saves a form by itself a moment after it changes. Without this file the form is saved by its button alone.

   <form data-autosave="/address/" ...> with <p data-autosave-status role="status"> inside. The address answers
   {saved, revision, values, problems} or, with 409, {refused}. What is typed is never written over: a value that the
   server filled in is shown only where nobody has typed since. */
(() => {
  const WAIT = 1500;
  const AGAIN = 15000;

  const begin = (form) => {
    const status = form.querySelector("[data-autosave-status]");
    const list = form.querySelector("[data-autosave-problems]");
    const words = status.dataset;
    let timer = 0;
    let busy = null;
    let changed = false;
    let stopped = false;

    const later = (wait) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, wait);
    };

    const say = (text, color) => {
      status.textContent = text;
      status.closest("[data-autosave-box]").dataset.color = color;
    };

    const fill = (values, sent) => {
      for (const [name, value] of Object.entries(values)) {
        const field = form.elements.namedItem(name);
        if (field && "value" in field && field.value === (sent.get(name) ?? "")) field.value = value;
      }
    };

    const tell = (problems) => {
      list.replaceChildren(
        ...problems.map((problem) => {
          const item = document.createElement("li");
          const link = document.createElement("a");
          link.className = "ds-link";
          link.href = `#${problem.id}`;
          link.textContent = problem.label;
          item.append(link, `: ${problem.text}`);
          return item;
        }),
      );
      list.hidden = problems.length === 0;
      list.previousElementSibling.hidden = problems.length === 0;
    };

    const stop = (text) => {
      stopped = true;
      say(text, "warning");
    };

    const answered = async (response, sent) => {
      if (response.redirected) return stop(words.login);
      if (response.status === 409) return stop(`${(await response.json()).refused} ${words.conflict}`);
      if (response.status === 403 || response.status === 404) return stop(words.denied);
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      fill(answer.values, sent);
      form.elements.namedItem("revision").value = answer.revision;
      tell(answer.problems);
      say(answer.saved, answer.problems.length ? "warning" : "success");
    };

    const save = async () => {
      if (busy || stopped || !changed) return busy;
      changed = false;
      const sent = new FormData(form);
      say(words.saving, "info");
      busy = fetch(form.dataset.autosave, { method: "POST", body: sent, credentials: "same-origin" })
        .then((response) => answered(response, sent))
        .catch(() => {
          changed = true;
          say(words.failed, "warning");
          later(AGAIN);
        })
        .finally(() => {
          busy = null;
          if (changed && !stopped) later(WAIT);
        });
      return busy;
    };

    form.addEventListener("input", () => {
      changed = true;
      later(WAIT);
    });
    // A save on its way would make the form's own revision an earlier one: wait for it, then send.
    form.addEventListener("submit", (event) => {
      window.clearTimeout(timer);
      changed = false;
      if (!busy) return;
      event.preventDefault();
      const by = event.submitter;
      busy.finally(() => form.requestSubmit(by));
    });
    // Whoever leaves the page in the middle of a word loses nothing.
    window.addEventListener("pagehide", () => {
      if (changed && !busy && !stopped) navigator.sendBeacon(form.dataset.autosave, new FormData(form));
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) window.location.reload();
    });
  };

  document.querySelectorAll("form[data-autosave]").forEach(begin);
})();
