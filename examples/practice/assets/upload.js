// A file field behind a button: the bytes go to a store as soon as a file is
// chosen, and the submission carries only their address.
function upload(field, facts, changed) {
  let pending = Promise.resolve(true);
  let waiting = null;
  const input = element('input', { id: field.id, class: 'visually-hidden', type: 'file', accept: facts.accept });
  const attach = element('button', { type: 'button', class: 'btn btn--rounded' }, 'Attach');
  const manual = element('button', { type: 'button', class: 'btn btn--rounded', 'data-testid': field.id + '-text' }, 'Enter manually');
  const error = element('div', { id: field.id + '-error' });
  const shown = element('div', { class: 'file-upload__filename' });
  const group = element('div', {
    role: 'group', 'aria-labelledby': 'upload-label-' + field.id,
    'aria-required': String(field.required), class: 'file-upload',
  },
  element('div', { id: 'upload-label-' + field.id, class: 'label upload-label' }, field.label,
    field.required ? element('span', { 'aria-hidden': 'true' }, '*') : ''),
  attach, element('label', { class: 'visually-hidden', for: field.id }, 'Attach'), input, manual, shown, error);

  async function send(file) {
    const key = facts.key + '-' + field.id;
    const url = facts.uploads + key;
    const form = new FormData();
    form.append('utf8', '\u2713');
    form.append('key', key);
    form.append('Content-Type', 'application/octet-stream');
    form.append('file', file, file.name);
    error.textContent = '';
    error.removeAttribute('role');
    try {
      const answer = await fetch(facts.uploads, { method: 'POST', body: form });
      if (!answer.ok) throw new Error('status ' + answer.status);
    } catch (_) {
      shown.textContent = '';
      error.setAttribute('role', 'alert');
      error.textContent = 'The upload failed. Please try again.';
      return false;
    }
    waiting = null;
    shown.textContent = file.name;
    changed({ url, name: file.name });
    return true;
  }

  attach.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    waiting = input.files[0] || null;
    changed(null);
    shown.textContent = '';
    pending = waiting ? send(waiting) : Promise.resolve(true);
  });
  manual.addEventListener('click', () => {
    if (document.getElementById(field.id + '_text')) return;
    const typed = element('textarea', { id: field.id + '_text', rows: '8', 'aria-label': field.label });
    typed.addEventListener('input', () => changed(undefined, typed.value));
    group.append(typed);
  });
  return {
    group,
    chosen: () => waiting !== null,
    // Waits for an upload under way, and tries a failed one once more.
    async settle() {
      const done = await pending;
      if (done || !waiting) return done;
      pending = send(waiting);
      return pending;
    },
  };
}
