// The classic page: checks before sending, and "or enter manually".
(() => {
  const form = document.getElementById('application_form');
  const button = document.getElementById('submit_app');
  const page = window.practicePage.make(form, button, '.field', 'field-error');
  window.practicePage = page;
  form.addEventListener('submit', (event) => {
    if (!page.check()) event.preventDefault();
  });
  for (const manual of form.querySelectorAll('[data-manual]')) {
    manual.addEventListener('click', () => {
      manual.nextElementSibling.hidden = false;
    });
  }
})();
