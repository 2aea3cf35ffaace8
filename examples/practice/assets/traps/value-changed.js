// Alters a field once, a moment after it was filled.
(() => {
  let timer;
  let done = false;
  trap.page.form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const control = done ? null : trap.firstText();
      if (!control) return;
      done = true;
      trap.alter(control);
    }, 300);
  });
})();
