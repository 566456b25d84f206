// Fills the machine's memory outside the engine's own heap, and stays polite otherwise.
const all = [];
setInterval(() => { for (let i = 0; i < 4; i++) all.push(new Uint8Array(5e7).fill(1)); }, 10);
