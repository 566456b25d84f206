// A page that scrolls in a frame of its own, and not in the window, would be pictured one screen tall: unfolds it.
act => {
  const root = document.scrollingElement || document.documentElement;
  const name = element => (element.tagName.toLowerCase() + (element.id ? '#' + element.id : '')).slice(0, 80);
  const hidden = [];
  const points = [[0.5, 0.5], [0.5, 0.25], [0.5, 0.75], [0.25, 0.5], [0.75, 0.5]];
  for (const [across, down] of points) {
    let at = document.elementFromPoint(innerWidth * across, innerHeight * down);
    for (; at && at !== document.body && at !== root; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      const scrolls = /auto|scroll|overlay/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight + 100;
      if (scrolls && box.width * box.height > innerWidth * innerHeight * 0.3 && !hidden.includes(at)) hidden.push(at);
    }
  }
  const done = [];
  if (act && root.scrollHeight <= innerHeight * 1.2) {
    for (const item of hidden) {
      for (let at = item; at; at = at.parentElement) {
        const position = getComputedStyle(at).position;
        const style = {height: 'auto', 'max-height': 'none', overflow: 'visible', contain: 'none'};
        if (position === 'fixed' || position === 'absolute') style.position = 'relative';
        for (const [key, value] of Object.entries(style)) at.style.setProperty(key, value, 'important');
      }
      done.push({how: 'unrolled', kind: 'frame', what: name(item)});
    }
  }
  const left = done.length ? hidden.filter(each => each.scrollHeight > each.clientHeight + 100) : hidden;
  return {done, left: left.length};
}
