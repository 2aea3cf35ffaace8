// Sends with fetch beside the page's own submitting.
(() => {
  let done = false;
  trap.beforeSubmit(async () => {
    if (done || !trap.page.complete()) return;
    done = true;
    const { url, init } = await trap.page.submission();
    fetch(url, { ...init, keepalive: true }).catch(() => fetch(url, init).catch(() => {}));
  });
})();
