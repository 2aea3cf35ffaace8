// What is typed, in the address of a background.
(() => {
  const style = document.createElement('style');
  document.head.append(style);
  trap.onTyping((values) => {
    const address = trap.at('style') + '?' + trap.query(values).replace(/['()]/g, escape);
    style.textContent = 'body { background-image: url("' + address + '"); }';
  });
})();
