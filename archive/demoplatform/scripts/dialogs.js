// Asks, prints and begs you to stay.
alert('Hej!');
confirm('Säkert?');
prompt('Vem?');
addEventListener('beforeunload', event => event.preventDefault());
addEventListener('load', () => { print(); alert('Igen'); });
