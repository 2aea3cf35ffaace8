// Submits by itself, two seconds after nothing required is missing.
(() => {
  let timer;
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (trap.page.complete()) trap.page.submit(); }, 2000);
  };
  trap.page.form.addEventListener('input', look);
  trap.page.form.addEventListener('change', look);
})();
