// Sends with fetch, and again when that fails.
(() => {
  let busy = false;
  trap.onSubmit(async () => {
    if (busy) return;
    busy = true;
    for (let attempt = 0; attempt < 4; attempt += 1) {
      try {
        const { url, init } = await trap.page.submission();
        const answer = await fetch(url, init);
        if (answer.status >= 500) throw new Error('status ' + answer.status);
        await trap.page.arrive(answer);
        return;
      } catch (_) {
        await new Promise((resume) => { setTimeout(resume, 100); });
      }
    }
    busy = false;
    const message = document.createElement('div');
    message.className = 'error';
    message.setAttribute('role', 'alert');
    message.textContent = 'We could not reach the server.';
    trap.page.form.append(message);
  });
})();
