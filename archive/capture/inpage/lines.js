// The visible text as lines with their places on the page, in reading order: [x, y, width, height, text].
({longest, most, milliseconds}) => {
  const until = performance.now() + milliseconds;
  const lines = [];
  let length = 0, whole = true, last = null;
  const add = (rect, text, block) => {
    const words = text.replace(/\s+/g, ' ');
    if (!words.trim() || rect.width < 1 || rect.height < 1) return;
    const x = rect.left + scrollX, y = rect.top + scrollY;
    const middle = y + rect.height / 2;
    // Pieces of one line, in bold or in a link, are one line to whoever reads.
    const joins = last && last.block === block && middle > last.y && middle < last.y + last.h &&
      x >= last.x + last.w - 2 && x - last.x - last.w < rect.height * 1.5;
    length += words.length;
    if (joins) {
      const gap = x - last.x - last.w > rect.height * 0.15 && !/\s$/.test(last.text) && !/^\s/.test(words) ? ' ' : '';
      last.text += gap + words;
      const top = Math.min(last.y, y);
      last.h = Math.max(last.y + last.h, y + rect.height) - top;
      last.y = top;
      last.w = x + rect.width - last.x;
    } else {
      last = {x, y, w: rect.width, h: rect.height, text: words, block};
      lines.push(last);
    }
  };
  const blocks = new Map();
  const blockOf = element => {
    if (!element) return null;
    if (!blocks.has(element)) {
      const inline = /^(inline|contents)/.test(getComputedStyle(element).display);
      blocks.set(element, inline ? blockOf(element.parentElement) : element);
    }
    return blocks.get(element);
  };
  const shown = new Map();
  const isShown = element => {
    if (!shown.has(element))
      shown.set(element, !element.checkVisibility || element.checkVisibility({opacityProperty: true, visibilityProperty: true}));
    return shown.get(element);
  };
  const range = document.createRange();
  const split = (node, block) => {
    // Word by word, so that each line holds what stands on it.
    let line = null;
    for (const word of node.data.matchAll(/\s*\S+/g)) {
      range.setStart(node, word.index + word[0].length - word[0].trimStart().length);
      range.setEnd(node, word.index + word[0].length);
      const [rect] = range.getClientRects();
      if (!rect) continue;
      if (line && Math.abs(rect.top - line.top) < rect.height / 2 && rect.left >= line.left) {
        line.text += word[0];
        line.right = Math.max(line.right, rect.right);
      } else {
        if (line) add({left: line.left, top: line.top, width: line.right - line.left, height: line.height}, line.text, block);
        line = {left: rect.left, top: rect.top, right: rect.right, height: rect.height, text: word[0].trimStart()};
      }
    }
    if (line) add({left: line.left, top: line.top, width: line.right - line.left, height: line.height}, line.text, block);
  };
  const walker = document.createTreeWalker(document.body || document, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (length > longest || lines.length >= most || performance.now() > until) {
      whole = false;
      break;
    }
    const parent = node.parentElement;
    if (!parent || !/\S/.test(node.data) || /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(parent.tagName)) continue;
    if (!isShown(parent)) continue;
    range.selectNodeContents(node);
    const rects = range.getClientRects();
    if (rects.length === 1) add(rects[0], node.data, blockOf(parent));
    else if (rects.length) split(node, blockOf(parent));
  }
  return {whole, lines: lines.slice(0, most).map(line => [Math.round(line.x), Math.round(line.y), Math.round(line.w),
    Math.round(line.h), line.text.trim()])};
}
