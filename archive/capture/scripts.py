"""What runs inside the page. Each answers at once; waiting is done outside, where it is bounded."""

# Load what waits to be seen, go one step down, and say where we are.
STEP = """step => {
  const lazy = document.querySelectorAll('img[loading=lazy], iframe[loading=lazy]');
  for (const item of lazy) item.loading = 'eager';
  const root = document.scrollingElement || document.documentElement;
  if (step) window.scrollBy({top: step, behavior: 'instant'});
  return {y: Math.ceil(window.scrollY + window.innerHeight), height: root.scrollHeight,
          posts: document.querySelectorAll('article, [role=article]').length};
}"""

TOP = "() => window.scrollTo({top: 0, behavior: 'instant'})"

# Pictures that are on the page. One that only carries its address in data-src has not been asked for yet.
IMAGES = """() => {
  const nothing = address => !address || address.startsWith('data:');
  const placeholder = image => image.dataset.src && nothing(image.currentSrc);
  const shown = [...document.images].filter(image =>
    (image.currentSrc || image.src || image.dataset.src) && image.getClientRects().length);
  const loading = shown.filter(image => !image.complete || placeholder(image));
  const broken = shown.filter(image => image.complete && !placeholder(image) && !image.naturalWidth);
  const address = image => String(placeholder(image) ? image.dataset.src : image.currentSrc || image.src);
  const top = image => Math.max(0, image.getBoundingClientRect().top + window.scrollY - 200);
  return {total: shown.length, loading: loading.slice(0, 200).map(top),
          missing: [...loading, ...broken].slice(0, 50).map(image => address(image).slice(0, 500)),
          missing_total: loading.length + broken.length};
}"""

GO_TO = "top => window.scrollTo({top, behavior: 'instant'})"

HEIGHT = "() => (document.scrollingElement || document.documentElement).scrollHeight"

PAGE = """() => ({
  title: String(document.title).slice(0, 500),
  language: String(document.documentElement.lang || '').slice(0, 35),
  agent: navigator.userAgent,
  text: String(document.body ? document.body.innerText : '').slice(0, 5000000),
  pictures: [...document.querySelectorAll('img, svg, canvas, video, object, embed')]
    .filter(item => item.getClientRects().length).length,
  password: [...document.querySelectorAll('input[type=password]')].some(item => item.getClientRects().length),
})"""
