// Lever's page: its button submits nothing by itself.
(() => {
  const form = document.getElementById('application-form');
  const button = document.getElementById('btn-submit');
  const page = window.practicePage.make(form, button, '.application-question', 'error-message');
  window.practicePage = page;
  button.addEventListener('click', () => {
    if (page.check()) form.submit();
  });
})();
