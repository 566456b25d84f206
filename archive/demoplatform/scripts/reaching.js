// Asks for the target in every way that a script can ask.
const socket = TARGET.replace('http', 'ws');
const attempts = [
  () => fetch(TARGET, {mode: 'no-cors'}).catch(() => 0),
  () => fetch('/_prov/redirect?to=' + encodeURIComponent(TARGET), {mode: 'no-cors'}).catch(() => 0),
  () => navigator.sendBeacon(TARGET, 'x'),
  () => new WebSocket(socket),
  () => new EventSource(TARGET),
  () => new Worker(URL.createObjectURL(new Blob([`fetch('${TARGET}', {mode: 'no-cors'}).catch(() => 0)`]))),
  () => navigator.serviceWorker.register('/_prov/redirect?to=' + encodeURIComponent(TARGET)).catch(() => 0),
  () => import(TARGET).catch(() => 0),
  () => window.open(TARGET),
  () => new Image().src = TARGET,
  () => new Audio(TARGET).load(),
  () => new FontFace('x', `url(${TARGET})`).load().catch(() => 0),
  () => {
    const form = document.createElement('form');
    form.action = TARGET;
    form.target = 'hidden';
    document.body.append(form);
    form.submit();
  },
  () => {
    const link = document.createElement('a');
    link.href = TARGET;
    link.ping = TARGET;
    link.target = 'hidden';
    document.body.append(link);
    link.click();
  },
];
for (const attempt of attempts) {
  try {
    attempt();
  } catch {
    // The next one may have better luck.
  }
}
