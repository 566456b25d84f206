// Opens windows.
addEventListener('load', () => { for (let i = 0; i < 5; i++) window.open('/', '_blank'); });
