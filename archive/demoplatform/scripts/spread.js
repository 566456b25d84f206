// Asks for each of many targets, parted by spaces, in the ways that differ most.
for (const target of TARGET.split(' ')) {
  const attempts = [
    () => fetch(target, {mode: 'no-cors'}).catch(() => 0),
    () => fetch('/_prov/redirect?to=' + encodeURIComponent(target), {mode: 'no-cors'}).catch(() => 0),
    () => new WebSocket(target.replace('http', 'ws')),
    () => new Image().src = target,
    () => {
      const frame = document.createElement('iframe');
      frame.src = target;
      document.body.append(frame);
    },
  ];
  for (const attempt of attempts) {
    try {
      attempt();
    } catch {
      // Not an address that a browser reads.
    }
  }
}
