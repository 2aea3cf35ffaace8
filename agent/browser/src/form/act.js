// Acts on the controls that read.js found last, in the same script world.
(() => {
  'use strict';

  const { deep, kindOf, offered, optionsOf, shown, squeeze, up, PICKED } = reader.parts;
  const memberOf = reader.member;

  function centre(element) {
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    let hit = document.elementFromPoint(x, y);
    while (hit && hit.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    const reached = Boolean(hit) && (element === hit || element.contains(hit));
    return box.width > 1 && box.height > 1 && reached ? { x, y } : null;
  }

  // Where to click so that the member (or the combobox) takes it.
  function point(index, member) {
    const element = memberOf(index, member);
    if (!element || !element.isConnected) return null;
    const places = [element, ...(element.labels || [])];
    if (kindOf(element) === 'combobox') {
      for (let at = up(element), steps = 0; at && steps < 3; at = up(at), steps += 1) places.splice(1 + steps, 0, at);
    }
    for (const place of places) {
      const found = centre(place);
      if (found) return found;
    }
    return null;
  }

  function tell(element) {
    element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    element.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }

  // Gives a text control the focus and marks what is in it, to be typed over.
  function mark(index) {
    const element = memberOf(index, 0);
    if (!element || !element.isConnected) return 'gone';
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    element.focus({ preventScroll: true });
    const root = element.getRootNode();
    if (root.activeElement !== element) return 'no focus';
    if (PICKED.has(element.type)) return 'picked';
    element.select?.();
    return element.value === '' ? 'empty' : 'marked';
  }

  // Dates take no typed text from outside; their value is put in as a picker would.
  function put(index, text) {
    const element = memberOf(index, 0);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(element, text);
    tell(element);
  }

  // Replaces what is in a text area, and says so at once: a page that keeps the text
  // itself puts back what it last heard of. False for what is no text area.
  function lay(index, text) {
    const element = memberOf(index, 0);
    if (element.localName !== 'textarea') return false;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(element, text);
    element.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText' }));
    element.setSelectionRange(element.value.length, element.value.length);
    return true;
  }

  const leave = (index) => memberOf(index, 0).blur();

  function choose(index, texts) {
    const select = memberOf(index, 0);
    const options = optionsOf(select);
    const textOf = (option) => squeeze(option.label || option.text);
    for (const text of texts) {
      const number = options.filter((option) => textOf(option) === text).length;
      if (number !== 1) return number === 0 ? `there is no choice ${JSON.stringify(text)}` : `${number} choices read ${JSON.stringify(text)}`;
    }
    select.focus({ preventScroll: true });
    if (!select.multiple && texts.length === 0) {
      select.value = '';
    } else {
      for (const option of options) option.selected = texts.includes(textOf(option));
    }
    tell(select);
    return null;
  }

  const ticked = (index, member) => {
    const box = memberOf(index, member);
    return box && box.isConnected ? box.checked : null;
  };
  const click = (index, member) => memberOf(index, member).click();

  function listOf(element) {
    const root = element.getRootNode();
    const ids = ['aria-controls', 'aria-owns'].flatMap((name) => (element.getAttribute(name) || '').split(/\s+/u));
    const named = ids.filter(Boolean).map((id) => root.getElementById(id)).filter(Boolean);
    const lists = named.map((list) => (list.matches('[role="listbox"]') ? list : list.querySelector('[role="listbox"]') || list));
    const open = lists.filter(shown);
    if (open.length > 0) return open[0];
    return [...deep(document)].filter((list) => list.matches('[role="listbox"]') && shown(list)).pop() || null;
  }

  // The choices of the list that is open, or null while none is.
  function list(index, keep) {
    const element = memberOf(index, 0);
    const open = element ? listOf(element) : null;
    if (!open) return null;
    const texts = [...open.querySelectorAll('[role="option"]')].map((option) => squeeze(option.innerText)).filter(Boolean);
    if (keep) offered.set(element, texts);
    return texts;
  }

  function pick(index, text) {
    const element = memberOf(index, 0);
    const open = element ? listOf(element) : null;
    if (!open) return null;
    const fitting = [...open.querySelectorAll('[role="option"]')].filter((option) => squeeze(option.innerText) === text);
    return fitting.length === 1 ? centre(fitting[0]) : null;
  }

  const offers = (index, texts) => void offered.set(memberOf(index, 0), texts);

  Object.assign(reader, { point, mark, put, lay, leave, choose, ticked, click, list, pick, offers });
})();
