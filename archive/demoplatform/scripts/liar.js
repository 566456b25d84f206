// Lies to whoever asks the page about itself.
Object.defineProperty(HTMLElement.prototype, 'innerText', {get: () => { for (;;); }});
document.querySelectorAll = () => { throw new Error('no'); };
Array.prototype.filter = () => { for (;;); };
Object.defineProperty(Document.prototype, 'images', {get: () => { for (;;); }});
