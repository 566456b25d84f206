// What the page is called and says, and whether it asks for a password.
longest => {
  const text = String(document.body ? document.body.innerText : '');
  const seen = selector => [...document.querySelectorAll(selector)].filter(item => item.getClientRects().length);
  return {
    title: String(document.title).slice(0, 500),
    language: String(document.documentElement.lang || '').slice(0, 35),
    agent: navigator.userAgent,
    text: text.slice(0, longest),
    text_cut: text.length > longest,
    pictures: seen('img, svg, canvas, video, object, embed').length,
    password: seen('input[type=password]').length > 0,
    posts: document.querySelectorAll('article, [role=article]').length,
  };
}
