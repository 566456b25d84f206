// Computes as hard as the machine can, in as many threads as it gets.
const work = 'for (let i = 0;; i++) Math.sqrt(i);';
for (let i = 0; i < 8; i++) new Worker(URL.createObjectURL(new Blob([work])));
