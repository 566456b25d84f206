/* Makes choosing files easier: drop, paste, photograph, see small pictures and put them in order before they are sent.
   Without this file they are chosen in the control, and put in order on the page that the server answers with.

   <div data-upload data-up data-down ...> around one <input type="file" multiple data-files>. The control itself holds
   the files: what is sent is what stands in the list, in that order. */
(() => {
  const SMALL = 160;

  const begin = (box) => {
    const input = box.querySelector("[data-files]");
    if (!input || typeof DataTransfer === "undefined") return;
    const words = box.dataset;
    const list = document.createElement("ol");
    const status = document.createElement("p");
    let files = [];
    list.className = "plain-list upload-list";
    list.setAttribute("aria-label", words.chosen);
    list.hidden = true;
    status.setAttribute("role", "status");
    status.className = "quiet";

    const hold = () => {
      const held = new DataTransfer();
      files.forEach((file) => held.items.add(file));
      input.files = held.files;
    };

    const same = (one, other) =>
      one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

    const add = (more) => {
      for (const file of more) if (!files.some((held) => same(held, file))) files.push(file);
      hold();
      draw();
    };

    const button = (word, file, act, off) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "ds-button";
      made.dataset.variant = "tertiary";
      made.dataset.size = "sm";
      made.textContent = word;
      made.setAttribute("aria-label", `${word}: ${file.name}`);
      made.disabled = off;
      made.addEventListener("click", act);
      return made;
    };

    const move = (from, to, word) => {
      const [file] = files.splice(from, 1);
      files.splice(to, 0, file);
      hold();
      draw();
      const row = list.children[to];
      [...row.querySelectorAll("button:not(:disabled)")].sort((one) => (one.textContent === word ? -1 : 1))[0]?.focus();
    };

    const kind = (file) => {
      const made = document.createElement("span");
      made.className = "staged-picture staged-kind";
      made.textContent = file.name.includes(".") ? file.name.split(".").pop().slice(0, 5).toUpperCase() : "";
      return made;
    };

    const picture = (file) => {
      const canvas = document.createElement("canvas");
      canvas.className = "staged-picture";
      canvas.width = SMALL;
      canvas.height = (SMALL * 3) / 4;
      createImageBitmap(file, { resizeWidth: SMALL })
        .then((bitmap) => canvas.getContext("2d").drawImage(bitmap, 0, 0))
        .catch(() => canvas.replaceWith(kind(file)));
      return canvas;
    };

    const row = (file, at) => {
      const item = document.createElement("li");
      const about = document.createElement("div");
      const name = document.createElement("span");
      const buttons = document.createElement("div");
      item.className = "staged-file";
      about.className = "stack stack-tight";
      name.className = "staged-name";
      name.textContent = file.name;
      buttons.className = "row row-tight";
      const drop = () => {
        files.splice(at, 1);
        hold();
        draw();
        (list.querySelector("button") || input).focus();
      };
      buttons.append(
        button(words.up, file, () => move(at, at - 1, words.up), at === 0),
        button(words.down, file, () => move(at, at + 1, words.down), at === files.length - 1),
        button(words.remove, file, drop, false),
      );
      about.append(name, buttons);
      item.append(file.type.startsWith("image/") ? picture(file) : kind(file), about);
      return item;
    };

    const draw = () => {
      list.replaceChildren(...files.map(row));
      list.hidden = files.length === 0;
      status.textContent = files.length ? `${files.length} ${words.count}` : words.drop;
    };

    const camera = () => {
      const lens = document.createElement("input");
      lens.type = "file";
      lens.accept = "image/*";
      lens.setAttribute("capture", "environment");
      lens.hidden = true;
      lens.addEventListener("change", () => {
        add(lens.files);
        lens.value = "";
      });
      const press = button(words.photo, { name: "" }, () => lens.click(), false);
      press.removeAttribute("aria-label");
      press.dataset.variant = "secondary";
      box.append(press, lens);
    };

    input.addEventListener("change", () => add(input.files));
    box.addEventListener("dragover", (event) => {
      event.preventDefault();
      box.classList.add("upload-over");
    });
    box.addEventListener("dragleave", () => box.classList.remove("upload-over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      box.classList.remove("upload-over");
      add(event.dataTransfer.files);
    });
    document.addEventListener("paste", (event) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      add(event.clipboardData.files);
    });
    if (window.matchMedia("(pointer: coarse)").matches) camera();
    box.append(status, list);
    add(input.files);
  };

  document.querySelectorAll("[data-upload]").forEach(begin);
})();
