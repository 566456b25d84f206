// Starts again and again.
setTimeout(() => location.reload(), 150);
