// Draws masks on the picture of a page: the field named by data-field holds one "x y width height" on each line, and is
// what is sent; without this script the masks are typed there. Mouse, touch and keyboard do the same.
(() => {
  const canvas = document.getElementById("mask-canvas");
  const field = canvas && document.getElementById(canvas.dataset.field);
  if (!field) return;
  const NS = "http://www.w3.org/2000/svg";
  const { width, height } = canvas.viewBox.baseVal;
  const tools = document.getElementById("mask-tools");
  const count = document.getElementById("mask-count");
  const drawButton = tools.querySelector("[data-mask=draw]");
  const LEAST = 4, STEP = 8, START = [240, 40];
  const clamp = (value, low, high) => Math.round(Math.min(Math.max(value, low), high));
  let masks = [], chosen = -1, drag = null;

  const read = () => field.value.split("\n").map((line) => line.trim().split(/[\s,]+/).map(Number))
    .filter((mask) => mask.length === 4 && mask.every(Number.isFinite));

  const show = (focus = false) => {
    for (const old of canvas.querySelectorAll("rect")) old.remove();
    masks.forEach(([x, y, w, h], place) => {
      const rect = document.createElementNS(NS, "rect");
      Object.entries({ x, y, width: w, height: h, class: place === chosen ? "mask is-chosen" : "mask", tabindex: 0,
        role: "button", "aria-pressed": place === chosen, "aria-label": `${canvas.dataset.name} ${place + 1}: ${x}, ${y}, ${w} × ${h}`,
        "data-place": place }).forEach(([name, value]) => rect.setAttribute(name, value));
      canvas.append(rect);
      if (focus && place === chosen) rect.focus({ preventScroll: false });
    });
    count.textContent = masks.length === 1 ? count.dataset.one : count.dataset.many.replace("%s", masks.length);
    tools.querySelector("[data-mask=remove]").disabled = chosen < 0;
  };

  const write = (focus = false) => {
    field.value = masks.map((mask) => mask.join(" ")).join("\n");
    // A page with masks is handed out with masks; one without is not. What is withheld stays so.
    const form = field.form;
    const now = form.querySelector("[name=verdict]:checked")?.value;
    if (masks.length && now !== "withhold") form.querySelector("[name=verdict][value=mask]").checked = true;
    if (!masks.length && now === "mask") form.querySelector("[name=verdict][value=mask]").checked = false;
    show(focus);
  };

  const point = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(canvas.getScreenCTM().inverse());
    return [clamp(at.x, 0, width), clamp(at.y, 0, height)];
  };

  const remove = () => {
    if (chosen < 0) return;
    masks.splice(chosen, 1);
    chosen = Math.min(chosen, masks.length - 1);
    write(chosen >= 0);
  };

  const drawing = () => drawButton.getAttribute("aria-pressed") === "true";

  canvas.addEventListener("pointerdown", (event) => {
    const place = event.target.dataset?.place;
    if (place !== undefined) {
      chosen = Number(place);
      const [x, y] = point(event);
      drag = { kind: "move", x, y, from: [...masks[chosen]] };
    } else if (drawing() && event.button === 0) {
      const [x, y] = point(event);
      masks.push([x, y, 0, 0]);
      chosen = masks.length - 1;
      drag = { kind: "draw", x, y };
    } else return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    show(true);
  });

  canvas.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [x, y] = point(event);
    const mask = masks[chosen];
    if (drag.kind === "draw") masks[chosen] = [Math.min(x, drag.x), Math.min(y, drag.y), Math.abs(x - drag.x), Math.abs(y - drag.y)];
    else masks[chosen] = [clamp(drag.from[0] + x - drag.x, 0, width - mask[2]), clamp(drag.from[1] + y - drag.y, 0, height - mask[3]), mask[2], mask[3]];
    show();
  });

  const drop = () => {
    if (!drag) return;
    const [, , w, h] = masks[chosen];
    if (drag.kind === "draw" && (w < LEAST || h < LEAST)) { masks.splice(chosen, 1); chosen = -1; }
    drag = null;
    write(true);
  };
  canvas.addEventListener("pointerup", drop);
  canvas.addEventListener("pointercancel", drop);

  canvas.addEventListener("focusin", (event) => {
    if (drag || event.target.dataset?.place === undefined || Number(event.target.dataset.place) === chosen) return;
    chosen = Number(event.target.dataset.place);
    show(true);
  });

  canvas.addEventListener("keydown", (event) => {
    if (chosen < 0 || event.target.dataset?.place === undefined) return;
    const step = event.altKey ? 1 : STEP;
    const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] || [0, 0];
    if (event.key === "Delete" || event.key === "Backspace") remove();
    else if (!dx && !dy) return;
    else {
      const [x, y, w, h] = masks[chosen];
      masks[chosen] = event.shiftKey
        ? [x, y, clamp(w + dx, LEAST, width - x), clamp(h + dy, LEAST, height - y)]
        : [clamp(x + dx, 0, width - w), clamp(y + dy, 0, height - h), w, h];
      write(true);
    }
    event.preventDefault();
  });

  tools.addEventListener("click", (event) => {
    const act = event.target.closest("[data-mask]")?.dataset.mask;
    if (act === "remove") remove();
    if (act === "draw") {
      drawButton.setAttribute("aria-pressed", String(!drawing()));
      canvas.classList.toggle("is-drawing", drawing());
    }
    if (act === "add") {
      // In the middle of what is seen of the page now.
      const view = canvas.parentElement;
      const scale = height / canvas.getBoundingClientRect().height;
      const [w, h] = [Math.min(START[0], width), Math.min(START[1], height)];
      masks.push([clamp((width - w) / 2, 0, width - w), clamp((view.scrollTop + view.clientHeight / 2) * scale, 0, height - h), w, h]);
      chosen = masks.length - 1;
      write(true);
    }
  });

  field.addEventListener("change", () => { masks = read(); chosen = -1; show(); });
  masks = read();
  tools.hidden = false;
  canvas.classList.add("is-drawing");
  show();
})();
