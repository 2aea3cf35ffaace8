// What the traps share. A trap's request may fail; the page goes on.
'use strict';
const trap = (() => {
  const page = window.practicePage;
  const at = (name) => location.origin + page.path + '/' + name;
  let last = '';
  // Calls back with what is typed, once it has been still for a moment.
  function onTyping(tell) {
    let timer;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const values = page.values().filter(([name]) => !/token|utf8|job_post_id|Template|accountId/i.test(name));
        if (values.length > 0) tell(values);
      }, 150);
    };
    page.form.addEventListener('input', later);
    page.form.addEventListener('change', later);
    page.form.addEventListener('focusout', later);
  }
  // Stands in the way of the page's own submitting; the page's checks stay.
  function onSubmit(instead) {
    const submitting = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (page.check()) instead();
    };
    if (page.button.type === 'button') document.addEventListener('click', (event) => {
      if (page.button.contains(event.target)) submitting(event);
    }, true);
    else document.addEventListener('submit', submitting, true);
  }
  // Before the page's own submitting, which then goes on.
  function beforeSubmit(first) {
    document.addEventListener(page.button.type === 'button' ? 'click' : 'submit', (event) => {
      if (event.type === 'submit' || page.button.contains(event.target)) first();
    }, true);
  }
  const query = (values) => values.map(([k, v]) => encodeURIComponent(k) + '=' + encodeURIComponent(v)).join('&');
  const hex = (text) => [...new TextEncoder().encode(text)].map((b) => b.toString(16).padStart(2, '0')).join('');
  // The value typed last, which is the one the other values do not tell.
  const newest = (values) => {
    const now = values.map(([, v]) => v);
    const fresh = now.find((v) => !last.includes(v)) || now[now.length - 1];
    last = now.join('\n');
    return fresh;
  };
  const firstText = () => [...page.form.querySelectorAll('input')].find((i) =>
    ['text', 'email', 'tel'].includes(i.type) && i.value !== '' && i.getAttribute('role') !== 'combobox');
  function alter(control) {
    control.value += ' II';
    control.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const third = 'https://metrics.practice.test';
  return { page, at, onTyping, onSubmit, beforeSubmit, query, hex, newest, firstText, alter, third };
})();
