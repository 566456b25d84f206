// Pictures that wait until somebody scrolls near them.
const fill = new IntersectionObserver(seen => {
  for (const {target, isIntersecting} of seen) {
    if (!isIntersecting) continue;
    target.src = target.dataset.src;
    fill.unobserve(target);
  }
}, {rootMargin: '300px'});
const watch = root => root.querySelectorAll('img[data-src]').forEach(image => fill.observe(image));
watch(document);

// A feed that never ends: the next posts come when its foot is near.
const foot = document.querySelector('.more');
let busy = false;
if (foot) {
  new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting || busy) return;
    busy = true;
    const answer = await fetch(foot.dataset.more + foot.dataset.next);
    const fresh = document.createElement('template');
    fresh.innerHTML = await answer.text();
    foot.dataset.next = Number(foot.dataset.next) + fresh.content.children.length;
    watch(fresh.content);
    foot.before(fresh.content);
    busy = false;
  }, {rootMargin: '600px'}).observe(foot);
}
