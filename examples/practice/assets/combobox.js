// A list as component libraries make it: a text input that opens options,
// shows what was chosen beside itself, and stays empty.
'use strict';
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function combobox(field, salt, changed) {
  const prefix = 'react-select-' + field.id;
  const input = element('input', {
    class: 'select__input', id: field.id, type: 'text', role: 'combobox',
    autocomplete: 'off', spellcheck: 'false', tabindex: '0', 'aria-autocomplete': 'list',
    'aria-expanded': 'false', 'aria-haspopup': 'true', 'aria-invalid': 'false',
    'aria-labelledby': field.id + '-label', 'aria-required': String(field.required),
    'aria-describedby': prefix + '-hint', 'aria-errormessage': field.id + '-error',
  });
  const hint = element('div', { class: 'select__hint', id: prefix + '-hint' }, 'Select...');
  const holder = element('div', { class: 'select__value-container' }, hint,
    element('div', { class: 'select__input-container' }, input));
  const control = element('div', { class: 'select__control remix-css-' + salt + '-control' }, holder);
  const shell = element('div', { class: 'select-shell remix-css-' + salt + '-container' }, control);
  const hidden = element('input', { required: true, tabindex: '-1', 'aria-hidden': 'true', class: 'remix-css-' + salt + '-requiredInput' });
  if (field.required) shell.append(hidden);
  let menu = null;
  let shown = [];
  let focused = 0;

  function close() {
    if (menu) menu.remove();
    menu = null;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-controls');
    input.removeAttribute('aria-activedescendant');
  }

  function choose(option) {
    const old = holder.querySelector('.select__single-value');
    if (old) old.remove();
    hint.remove();
    holder.prepend(element('div', { class: 'select__single-value' }, option.label));
    hidden.remove();
    input.value = '';
    close();
    changed(option.value);
  }

  function mark(index) {
    focused = index;
    [...menu.firstChild.children].forEach((row, at) => {
      row.classList.toggle('select__option--focused', at === focused);
      if (at === focused) input.setAttribute('aria-activedescendant', row.id);
    });
  }

  function open() {
    if (menu) menu.remove();
    const sought = input.value.trim().toLowerCase();
    shown = field.options.filter((o) => o.label.toLowerCase().includes(sought));
    const list = element('div', { role: 'listbox', id: prefix + '-listbox', class: 'select__menu-list' });
    shown.forEach((option, at) => {
      const row = element('div', { role: 'option', id: prefix + '-option-' + at, class: 'select__option', tabindex: '-1' }, option.label);
      row.addEventListener('click', () => choose(option));
      list.append(row);
    });
    if (shown.length === 0) list.append(element('div', { class: 'select__no-options' }, 'No options'));
    menu = element('div', { class: 'select__menu' }, list);
    // The input keeps the focus while an option is clicked.
    menu.addEventListener('mousedown', (event) => event.preventDefault());
    shell.append(menu);
    input.setAttribute('aria-expanded', 'true');
    input.setAttribute('aria-controls', list.id);
    if (shown.length > 0) mark(0);
  }

  control.addEventListener('mousedown', (event) => {
    if (event.target !== input) event.preventDefault();
    input.focus();
    if (menu) close(); else open();
  });
  input.addEventListener('input', open);
  input.addEventListener('blur', () => { input.value = ''; close(); });
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!menu) open();
      else if (shown.length > 0) mark((focused + step + shown.length) % shown.length);
    } else if (event.key === 'Enter' && menu) {
      event.preventDefault();
      if (shown[focused]) choose(shown[focused]);
    } else if (event.key === 'Escape' && menu) {
      event.preventDefault();
      close();
    }
  });
  return shell;
}
