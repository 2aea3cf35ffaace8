// The newer page: the form is built here, and what is in it is what the
// script has seen being typed, not what stands in the elements.
(() => {
  const facts = JSON.parse(document.getElementById('page-facts').textContent);
  const form = document.getElementById('application-form');
  const button = form.querySelector('button[type="submit"]');
  const place = document.getElementById('application-questions');
  const state = {};
  const typed = [];
  const uploads = {};
  let busy = false;

  const star = (field) => (field.required ? element('span', { 'aria-hidden': 'true' }, '*') : '');
  const label = (field) => element('label', { id: field.id + '-label', for: field.id, class: 'label' }, field.label, star(field));
  const errorOf = (field) => element('div', { id: field.id + '-error', class: 'helper-text' });

  function text(field) {
    const control = element(field.kind === 'long' ? 'textarea' : 'input', {
      id: field.id, class: 'input', 'aria-label': field.label, 'aria-required': String(field.required),
      'aria-invalid': 'false', 'aria-errormessage': field.id + '-error',
      type: field.kind === 'long' ? null : field.type, maxlength: field.kind === 'long' ? null : '255',
      autocomplete: field.autocomplete || null,
    });
    state[field.name] = '';
    control.addEventListener('input', () => { state[field.name] = control.value; });
    typed.push([control, field.name]);
    return [label(field), control];
  }

  function list(field) {
    return [label(field), combobox(field, facts.salt, (value) => { state[field.name] = value; })];
  }

  function boxes(field) {
    const rows = field.options.map((option) => {
      const id = field.id + '_' + option.value;
      const box = element('input', { type: field.kind, id, name: field.id, value: option.value });
      box.addEventListener('change', () => {
        const ticked = [...group.querySelectorAll('input')].filter((b) => b.checked).map((b) => b.value);
        state[field.name] = field.kind === 'radio' ? ticked[0] : ticked;
      });
      return element('div', {}, box, element('label', { for: id, style: 'display:inline' }, option.label));
    });
    const group = element('fieldset', {
      id: field.id, class: field.kind, role: field.kind === 'radio' ? 'radiogroup' : null,
      'aria-required': String(field.required),
    }, element('legend', {}, field.label, star(field)), ...rows);
    return [group];
  }

  function file(field) {
    const made = upload(field, facts, (received, manual) => {
      if (manual !== undefined) {
        state[field.name + '_text'] = manual;
        return;
      }
      state[field.name + '_url'] = received ? received.url : '';
      state[field.name + '_url_filename'] = received ? received.name : '';
    });
    uploads[field.name] = made;
    return [made.group];
  }

  const kinds = { text, long: text, file, combobox: list, radio: boxes, checkbox: boxes };
  for (const field of facts.fields) {
    const parts = kinds[field.kind](field);
    if (field.id === 'phone') {
      const country = { id: 'country', name: 'country', label: 'Country', required: false, options: facts.countries };
      parts.unshift(...list(country));
    }
    const wrapper = element('div', { class: 'field-wrapper' }, ...parts);
    if (field.kind !== 'file') wrapper.append(errorOf(field));
    place.append(wrapper);
  }
  // What was put into an element without being typed does not last.
  setInterval(() => {
    for (const [control, name] of typed) {
      if (control.value !== state[name]) control.value = state[name];
    }
  }, 100);

  function missing() {
    return facts.fields.filter((field) => {
      if (!field.required) return false;
      if (field.kind === 'file') {
        return !state[field.name + '_url'] && !(state[field.name + '_text'] || '').trim() &&
          !uploads[field.name].chosen();
      }
      const value = state[field.name];
      return value === undefined || value.length === 0 || (typeof value === 'string' && !value.trim());
    });
  }

  function complain(id, message) {
    const place = document.getElementById(id + '-error');
    if (!place) return;
    place.textContent = message;
    if (message) place.setAttribute('role', 'alert'); else place.removeAttribute('role');
    const control = document.getElementById(id);
    if (control) control.setAttribute('aria-invalid', String(Boolean(message)));
  }

  function clear() {
    complain('form', '');
    facts.fields.forEach((field) => complain(field.id, ''));
  }

  // Everything a submission needs, fetched in order: files, then the challenge.
  async function submission() {
    const sent = await Promise.all(Object.values(uploads).map((u) => u.settle()));
    if (sent.includes(false)) throw new Error('The upload failed.');
    const challenge = await window.practiceChallenge.execute(facts.site);
    const given = Object.entries(state).filter(([, v]) => v !== undefined && v.length > 0);
    const body = {
      authenticity_token: facts.token,
      job_post_id: form.elements.job_post_id.value,
      challenge_token: challenge,
      job_application: Object.fromEntries(given),
    };
    return {
      url: new URL(facts.action, location.href).href,
      init: { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    };
  }

  async function arrive(answer) {
    const told = await answer.json().catch(() => ({}));
    if (told.redirect) {
      location.assign(told.redirect);
    } else if (told.code_required) {
      form.replaceChildren(
        element('h2', {}, 'Check your inbox'),
        element('label', { for: 'security_code' }, told.message),
        element('input', { id: 'security_code', type: 'text', autocomplete: 'one-time-code' }));
    } else {
      for (const [name, message] of Object.entries(told.errors || {})) {
        const field = facts.fields.find((f) => f.name === name);
        complain(field ? field.id : 'form', message);
      }
      if (told.errors) complain('form', Object.values(told.errors).join(' '));
      else complain('form', 'Something went wrong. Please try again.');
    }
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    clear();
    const left = missing();
    left.forEach((field) => complain(field.id, 'This field is required.'));
    if (left.length > 0) return;
    busy = true;
    button.setAttribute('aria-disabled', 'true');
    try {
      const { url, init } = await submission();
      await arrive(await fetch(url, init));
    } catch (_) {
      complain('form', 'Something went wrong. Please try again.');
    }
    busy = false;
    button.removeAttribute('aria-disabled');
  });

  window.practicePage = {
    form, button, path: facts.path, stun: facts.stun, submission, arrive,
    complete: () => missing().length === 0,
    check: () => missing().length === 0,
    values: () => Object.entries(state).filter(([name, v]) => v && v.length > 0 && !name.includes('_url'))
      .map(([name, v]) => [name, Array.isArray(v) ? v.join(' ') : v]),
    submit: () => button.click(),
  };
})();
