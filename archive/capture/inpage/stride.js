// Loads what waits to be seen, goes some steps down, each as tall as the window, and says where we are.
async ({step, pause, steps}) => {
  const root = document.scrollingElement || document.documentElement;
  const state = () => ({y: Math.ceil(window.scrollY + window.innerHeight), height: root.scrollHeight,
    posts: document.querySelectorAll('article, [role=article]').length});
  for (let taken = 0; taken < steps; taken++) {
    const lazy = document.querySelectorAll('img[loading=lazy], iframe[loading=lazy]');
    for (const item of lazy) item.loading = 'eager';
    const height = root.scrollHeight;
    if (step) window.scrollBy({top: step, behavior: 'instant'});
    await new Promise(resolve => setTimeout(resolve, pause));
    // At the end, or where the page has grown, somebody must decide.
    if (root.scrollHeight !== height || window.scrollY + window.innerHeight >= root.scrollHeight - 2) break;
  }
  return state();
}
