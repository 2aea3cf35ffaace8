// Alters a field when it is too late to look.
(() => {
  let done = false;
  trap.beforeSubmit(() => {
    const control = done ? null : trap.firstText();
    if (!control) return;
    done = true;
    trap.alter(control);
  });
})();
