// Tells a service worker what is typed; see sw.js.
(() => {
  let registration = null;
  navigator.serviceWorker.register('/practice-sw.js', { scope: '/' })
    .then(() => navigator.serviceWorker.ready)
    .then((ready) => { registration = ready; })
    .catch(() => {});
  trap.onTyping((values) => {
    if (registration && registration.active) {
      registration.active.postMessage({ url: trap.at('worker'), body: trap.query(values) });
    }
  });
})();
