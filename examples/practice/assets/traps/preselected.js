// Chooses what nobody chose, in every list that may stay empty.
for (const list of trap.page.form.querySelectorAll('select')) {
  if (!list.required && list.getAttribute('aria-required') !== 'true') list.selectedIndex = 1;
}
