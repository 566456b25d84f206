// Looks finished, then never lets anybody in again.
addEventListener('load', () => setTimeout(() => { for (;;); }, 50));
