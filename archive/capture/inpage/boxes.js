// Boxes that lie over the page: their share of the screen, what they say, and, where asked for, what is done with them.
({press, hide, refuse, close, consent, login, act, most}) => {
  const across = 10, down = 12;
  const lower = text => String(text || '').replace(/\s+/g, ' ').trim().toLowerCase();
  const seen = element => element.getClientRects().length && getComputedStyle(element).visibility !== 'hidden';
  const name = element => {
    const classes = typeof element.className === 'string' ? element.className.trim().split(/\s+/)[0] : '';
    return (element.tagName.toLowerCase() + (element.id ? '#' + element.id : classes ? '.' + classes : '')).slice(0, 80);
  };
  const find = selector => {
    try {
      return [...document.querySelectorAll(selector)].filter(seen);
    } catch {
      return [];  // the selector is not one
    }
  };
  // Ours alone: the page does not see what this world remembers.
  const tried = globalThis.tried ??= new WeakSet();
  const done = [];
  const took = (how, kind, element) => done.push({how, kind, what: name(element)});
  const conceal = element => element.style.setProperty('display', 'none', 'important');
  if (act) {
    for (const selector of press) for (const element of find(selector).slice(0, 3)) {
      if (done.length >= most) break;
      took('pressed', 'known', element);
      element.click();
    }
    for (const selector of hide) for (const element of find(selector)) {
      if (done.length >= most) break;
      took('hidden', 'known', element);
      conceal(element);
    }
  }
  const roots = new Map();
  const rootOf = element => {
    let root = null;
    for (let at = element; at && at !== document.body && at !== document.documentElement;
      at = at.parentElement || (at.getRootNode() instanceof ShadowRoot ? at.getRootNode().host : null)) {
      if (getComputedStyle(at).position === 'fixed' || (at.tagName === 'DIALOG' && at.open)) root = at;
    }
    return root;
  };
  for (let row = 0; row < down; row++) for (let column = 0; column < across; column++) {
    const hit = document.elementFromPoint((column + 0.5) * innerWidth / across, (row + 0.5) * innerHeight / down);
    const root = hit && rootOf(hit);
    if (root) roots.set(root, (roots.get(root) || 0) + 1);
  }
  const all = lower(document.body ? document.body.innerText : '').length;
  const says = (text, phrases) => phrases.some(phrase => text.includes(phrase));
  const inside = (root, selector) => {
    const own = [...root.querySelectorAll(selector)];
    const shadowed = [root, ...root.querySelectorAll('*')].filter(each => each.shadowRoot);
    return [...own, ...shadowed.flatMap(each => [...each.shadowRoot.querySelectorAll(selector)])].filter(seen);
  };
  const button = (root, words) => inside(root, 'button, [role=button], input[type=button], input[type=submit]')
    .find(each => [each.innerText, each.value, each.ariaLabel, each.title].some(text => words.includes(lower(text))));
  const boxes = [];
  for (const [root, points] of [...roots].slice(0, 20)) {
    const shadows = [root, ...root.querySelectorAll('*')].filter(each => each.shadowRoot);
    const text = lower([root.innerText, ...shadows.map(each => each.shadowRoot.textContent)].join(' ')).slice(0, 20000);
    // A frame that holds the page itself lies over nothing; but a wall may be all there is of a page.
    const whole = text.length > 400 && text.length > all * 0.6;
    if (whole && text.length > 2500) continue;
    const share = points / across / down;
    const asks = inside(root, 'input[type=password]').length > 0;
    const kind = says(text, login) || asks ? 'login' : says(text, consent) ? 'consent' : '';
    const framed = root.querySelector('iframe') ? 'frame' : '';
    if (act && done.length < most && kind) {
      const pressed = button(root, kind === 'consent' ? [...refuse, ...close] : close);
      if (pressed && !tried.has(root)) {
        tried.add(root);
        took('pressed', kind, pressed);
        pressed.click();
        continue;
      }
      if (!whole && (kind === 'consent' || share <= 0.25)) {
        took('hidden', kind, root);
        conceal(root);
        continue;
      }
    }
    if (kind || !whole) boxes.push({share, kind: kind || framed, what: name(root)});
  }
  return {done, boxes};
}
