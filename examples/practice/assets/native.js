// What the script of a form in plain HTML needs: checks before sending, and
// an account of the page for whoever wants to send it another way.
'use strict';
window.practicePage = (() => {
  const facts = JSON.parse(document.getElementById('page-facts').textContent);

  // A field's wrapper, whether it must be answered, and whether it is.
  function answered(wrapper) {
    const controls = [...wrapper.querySelectorAll('input, select, textarea')]
      .filter((c) => c.type !== 'hidden' && c.type !== 'button');
    return controls.some((c) => {
      if (c.type === 'checkbox' || c.type === 'radio') return c.checked;
      if (c.type === 'file') return c.files.length > 0;
      return c.value.trim() !== '';
    });
  }

  function required(wrapper) {
    return wrapper.matches('[aria-required="true"], [data-required]') ||
      wrapper.querySelector('[aria-required="true"], [required], .required-field') !== null;
  }

  function make(form, button, wrapperSelector, errorClass) {
    const wrappers = () => [...form.querySelectorAll(wrapperSelector)];
    const page = {
      form,
      button,
      path: facts.path,
      stun: facts.stun,
      complete: () => wrappers().every((w) => !required(w) || answered(w)),
      // Shows what is missing, and says whether nothing is.
      check() {
        form.querySelectorAll('.' + errorClass).forEach((old) => old.remove());
        const missing = wrappers().filter((w) => required(w) && !answered(w));
        for (const wrapper of missing) {
          const message = document.createElement('div');
          message.className = errorClass;
          message.setAttribute('role', 'alert');
          message.textContent = 'This field is required.';
          wrapper.append(message);
        }
        return missing.length === 0;
      },
      // What a person typed or chose, by name.
      values: () => [...new FormData(form)].filter(([, v]) => typeof v === 'string' && v !== ''),
      submission: async () => ({ url: form.action, init: { method: 'POST', body: new FormData(form) } }),
      // Follows an answer to a submission that a script sent.
      async arrive(answer) {
        if (answer.redirected) location.assign(answer.url);
        else document.documentElement.innerHTML = await answer.text();
      },
      submit: () => button.click(),
    };
    return page;
  }

  return { make };
})();
