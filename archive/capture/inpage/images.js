// Pictures that are on the page. One that only carries its address in data-src has not been asked for yet.
() => {
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
}
