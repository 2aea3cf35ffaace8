// Enter submits from wherever it is pressed.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') trap.page.submit();
}, true);
