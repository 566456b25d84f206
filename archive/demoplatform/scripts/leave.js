// Moves on by itself.
setTimeout(() => { location.href = '/_prov/plain'; }, 30);
