// Grows as fast as it is read, without asking the server for anything.
addEventListener('scroll', () => {
  for (let i = 0; i < 5; i++) {
    const post = document.createElement('article');
    post.textContent = 'Inlägg ' + document.querySelectorAll('article').length;
    post.style.height = '400px';
    document.body.append(post);
  }
});
document.body.style.minHeight = '1200px';
