// Posts and comments where what is known of the platform says they stand, with who wrote them and when.
({post, comment, author, time, text, official, citizen, most, milliseconds}) => {
  const until = performance.now() + milliseconds;
  const query = (root, selectors) => {
    for (const selector of selectors) {
      try {
        const found = [...root.querySelectorAll(selector)];
        if (root !== document && root.matches(selector)) found.unshift(root);
        if (found.length) return found;
      } catch {
        continue;  // the selector is not one
      }
    }
    return [];
  };
  const words = (element, longest) => String(element ? element.innerText || '' : '').replace(/\s+/g, ' ').trim().slice(0, longest);
  const posts = query(document, post), comments = query(document, comment);
  const all = [...new Set([...posts, ...comments])].filter(each => each.getClientRects().length);
  all.sort((a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  const places = new Map(all.map((each, place) => [each, place]));
  const holder = element => {
    for (let at = element.parentElement; at; at = at.parentElement) if (places.has(at)) return at;
    return null;
  };
  // What belongs to an item, and not to one inside it.
  const own = (item, selectors) => query(item, selectors).filter(each => each === item || holder(each) === item);
  const items = [];
  for (const item of all.slice(0, most)) {
    if (performance.now() > until) return {whole: false, items};
    const box = item.getBoundingClientRect();
    const [at] = own(item, time), [name] = own(item, author), [said] = own(item, text);
    const above = holder(item);
    items.push({
      author: words(name, 200),
      time: String(at ? at.getAttribute('datetime') || at.getAttribute('title') || words(at, 80) : '').slice(0, 80),
      text: words(said, 1000),
      official: own(item, official).length > 0,
      citizen: own(item, citizen).length > 0,
      box: [Math.round(box.left + scrollX), Math.round(box.top + scrollY), Math.round(box.width), Math.round(box.height)],
      part_of: above ? places.get(above) : null,
    });
  }
  return {whole: all.length <= most, items};
}
