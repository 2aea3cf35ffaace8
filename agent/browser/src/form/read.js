// Runs in a script world of its own: the page's scripts neither see nor change
// what is called here. Accessible names, roles and descriptions are not taken
// here but from the browser's accessibility tree, for the `nodes` named below.
(() => {
  'use strict';

  const LINES = new Set(['text', 'email', 'tel', 'url', 'number', 'search']);
  const PICKED = new Set(['date', 'month', 'week', 'time', 'datetime-local']);
  const BUTTONS = new Set(['submit', 'button', 'reset', 'image']);
  const CONTROL = 'input, select, textarea, [role="combobox"]';
  const NOISE = '[aria-live], [role="log"], [role="alert"], [role="status"], script, style, template';

  // As the last reading found them: the browser's side refers to them by number.
  let controls = [];
  let nodes = [];
  // What an opened list offered, by its combobox.
  const offered = new WeakMap();

  const squeeze = (text) => (text || '').replace(/\s+/gu, ' ').trim();

  function* deep(root) {
    for (const element of root.querySelectorAll('*')) {
      yield element;
      if (element.shadowRoot) yield* deep(element.shadowRoot);
    }
  }

  function up(element) {
    return element.parentElement ||
      (element.getRootNode() instanceof ShadowRoot ? element.getRootNode().host : null);
  }

  function shown(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) return false;
    if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
    for (let at = element; at && at !== document.body; at = up(at)) {
      const style = getComputedStyle(at);
      if (style.clipPath.startsWith('inset(50%') || style.clipPath.startsWith('inset(100%')) return false;
      if (style.overflow !== 'visible' && at !== element) {
        const outer = at.getBoundingClientRect();
        if (outer.width <= 1 || outer.height <= 1) return false;
      }
    }
    return true;
  }

  function concealed(element) {
    for (let at = element; at; at = up(at)) if (at.ariaHidden === 'true') return true;
    return false;
  }

  function kindOf(element) {
    if (element.getAttribute('role') === 'combobox' && element.localName !== 'select') return 'combobox';
    if (element.localName === 'textarea') return 'long-text';
    if (element.localName === 'select') return element.multiple ? 'multi-select' : 'select';
    if (LINES.has(element.type) || PICKED.has(element.type)) return 'text';
    return { radio: 'radio', checkbox: 'checkbox', file: 'file' }[element.type] || 'other';
  }

  // Whether a person can see and use it. Boxes and files are often drawn by
  // something else: then their label or their surroundings must be visible.
  function usable(element, kind, others) {
    if (kind === 'other' || element.disabled || concealed(element)) return false;
    if (shown(element)) return !element.readOnly || kind === 'combobox';
    if (kind === 'combobox') return Boolean(up(element)) && shown(up(element));
    if (kind !== 'radio' && kind !== 'checkbox' && kind !== 'file') return false;
    if ([...(element.labels || [])].some(shown)) return true;
    const around = kind === 'file' ? alone(element, [element], others) : null;
    return Boolean(around) && shown(around) && [...around.querySelectorAll('button, label, a, [role="button"]')].some(shown);
  }

  // The widest surroundings of `members` within the form that hold no other control.
  function alone(start, members, all) {
    let found = null;
    for (let at = up(start); at && at.localName !== 'form' && at !== document.body; at = up(at)) {
      if (all.some((other) => !members.includes(other) && at.contains(other))) break;
      found = at;
    }
    return found;
  }

  // The text before the first of `members` in the narrowest surroundings that
  // have any: a question as a person reads it, where no markup ties it to them.
  function textBefore(members, all) {
    const first = members[0];
    const labels = members.flatMap((member) => [...(member.labels || [])]);
    for (let at = up(first); at && at !== document.body; at = up(at)) {
      if (all.some((other) => !members.includes(other) && at.contains(other))) return '';
      const texts = [];
      const walker = document.createTreeWalker(at, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode;
        if (text.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_PRECEDING) break;
        const holder = text.parentElement;
        if (!holder || holder.closest(`button, [role="button"], ${NOISE}`) || labels.some((label) => label.contains(text))) continue;
        if (squeeze(text.data) && holder.checkVisibility({ visibilityProperty: true })) texts.push(text.data);
      }
      const text = squeeze(texts.join(' '));
      if (text) return text.slice(0, 1000);
      if (at.localName === 'form') return '';
    }
    return '';
  }

  function groupOf(element, candidates) {
    const same = (other) => other.type === element.type;
    const set = element.closest('fieldset, [role="radiogroup"], [role="group"]');
    const within = set ? candidates.filter((other) => set.contains(other)) : [];
    if (set && within.every(same)) return { holder: set, members: within };
    const named = element.name ? candidates.filter((other) => same(other) && other.name === element.name) : [element];
    if (element.type === 'checkbox' && named.length < 2) return null;
    return { holder: null, members: named };
  }

  const nodeOf = (element) => nodes.push(element) - 1;

  function optionsOf(select) {
    return [...select.options].filter((option) => option.value !== '' && squeeze(option.label || option.text) && !option.disabled);
  }

  // What was chosen in a combobox stands beside it, in a form of the page's own.
  function comboboxValue(element, all) {
    const own = squeeze('value' in element ? element.value : '');
    const choices = offered.get(element) || [];
    if (choices.includes(own)) return own;
    const around = alone(element, [element], all) || element;
    const naming = (element.getAttribute('aria-labelledby') || '').split(/\s+/u);
    const skip = `label, legend, [role="listbox"], [role="option"], ${NOISE}`;
    for (const part of [element, ...deep(around)]) {
      if (part.childElementCount > 0 || part.closest(skip) || naming.includes(part.id)) continue;
      const text = squeeze(part.textContent);
      if (choices.includes(text) && shown(part)) return text;
    }
    return own;
  }

  const parsed = new WeakMap();

  // The content of an inline script, where it is JSON or one assignment of it.
  function dataOf(script) {
    if (!parsed.has(script)) {
      const text = script.textContent;
      let data = null;
      try {
        data = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
      } catch {
        // Other scripts state nothing.
      }
      parsed.set(script, data);
    }
    return parsed.get(script);
  }

  const wordOf = (item) => [item.label, item.name, item.text].find((word) => typeof word === 'string');
  const codeOf = (item) => [item.value, item.id].find((code) => typeof code === 'string' || typeof code === 'number');

  // Every list of choices in the page's data, with the label it stands below.
  function* lists(data, label) {
    if (Array.isArray(data)) {
      const items = data.filter((item) => item && typeof item === 'object' && wordOf(item) !== undefined && codeOf(item) !== undefined);
      if (items.length > 0 && items.length === data.length) {
        yield { label, words: items.map((item) => squeeze(wordOf(item))), codes: items.map((item) => String(codeOf(item))) };
      }
      for (const item of data) yield* lists(item, label);
    } else if (data && typeof data === 'object') {
      const own = typeof data.label === 'string' ? squeeze(data.label) : label;
      for (const part of Object.values(data)) yield* lists(part, own);
    }
  }

  // A list that opens shows words and sends something else, which no markup
  // tells. The page's own data may say what.
  function codes(element, text) {
    const choices = offered.get(element) || [];
    const found = [];
    for (const script of document.querySelectorAll('script:not([src])')) {
      for (const list of lists(dataOf(script), '')) {
        if (choices.every((choice) => list.words.includes(choice))) found.push(list);
      }
    }
    const naming = (element.getAttribute('aria-labelledby') || '').split(/\s+/u).map((id) => document.getElementById(id));
    const label = squeeze([...(element.labels || []), ...naming.filter(Boolean)].map((part) => part.textContent).join(' '));
    const own = found.filter((list) => list.label && label.includes(list.label));
    return [...new Set((own.length > 0 ? own : found).map((list) => list.codes[list.words.indexOf(text)]).filter(Boolean))];
  }

  function describe(element, kind, all, query) {
    const number = (list) => list.findIndex((locator) => locator && matches(element, locator));
    const listed = {
      kind, name: nodeOf(element), own: 0, fallback: '', options: [], choices: null,
      required: element.required === true || element.ariaRequired === 'true',
      maxLength: element.maxLength > 0 ? element.maxLength : null,
      autocomplete: element.getAttribute('autocomplete') || '',
      accept: kind === 'file' ? (element.accept || '').split(',').map(squeeze).filter(Boolean) : [],
      question: number(query.questions), upload: number(query.uploads),
      sentName: element.getAttribute('name') || null, sentValues: [], value: null,
    };
    listed.own = listed.name;
    if (kind === 'text' || kind === 'long-text') listed.value = { text: element.value };
    if (kind === 'checkbox') {
      listed.value = { ticked: element.checked };
      listed.fallback = textBefore([element], all);
      if (element.checked) listed.sentValues = [element.value];
    }
    if (kind === 'select' || kind === 'multi-select') {
      const options = optionsOf(element);
      listed.choices = options.map((option) => squeeze(option.label || option.text));
      const chosen = options.filter((option) => option.selected);
      listed.value = { chosen: chosen.map((option) => squeeze(option.label || option.text)) };
      listed.sentValues = chosen.map((option) => option.value);
    }
    if (kind === 'combobox') {
      listed.choices = offered.get(element) || null;
      const text = comboboxValue(element, all);
      listed.value = { chosen: text ? [text] : [] };
      if (text) listed.sentValues = codes(element, text);
    }
    if (kind === 'file') {
      listed.value = { files: [...element.files].map((file) => ({ name: file.name, size: file.size })) };
      const set = element.closest('[role="group"], fieldset');
      if (set && !all.some((other) => other !== element && set.contains(other))) {
        listed.name = nodeOf(set);
        listed.required ||= set.ariaRequired === 'true';
      }
      const button = [...(alone(element, [element], all)?.querySelectorAll('button, [role="button"]') || [])].find(shown);
      listed.fallback = textBefore([element], all) ||
        squeeze([...(element.labels || [])].map((label) => label.textContent).join(' ')) || squeeze(button?.innerText);
    }
    return listed;
  }

  function describeGroup({ holder, members }, all, query) {
    const first = members[0];
    const listed = describe(first, first.type === 'radio' ? 'radio' : 'checkbox-group', all, query);
    listed.name = holder ? nodeOf(holder) : null;
    listed.own = listed.name;
    listed.fallback = holder ? '' : textBefore(members, all);
    listed.options = members.map((member) => nodeOf(member));
    listed.question = query.questions.findIndex((locator) =>
      locator && (members.some((member) => matches(member, locator)) || (holder && matches(holder, locator))));
    listed.required = members.some((member) => member.required) || (holder !== null && holder.ariaRequired === 'true');
    const ticked = members.flatMap((member, at) => (member.checked ? [at] : []));
    listed.value = { ticks: ticked };
    listed.sentValues = ticked.map((at) => members[at].value);
    return listed;
  }

  function matches(element, selector) {
    try {
      return element.matches(selector);
    } catch {
      return false;
    }
  }

  function first(selector, root = document) {
    try {
      return root.querySelector(selector);
    } catch {
      return null;
    }
  }

  // Names of controls ("action") hide a form's own properties, so these are
  // asked of the prototype.
  const property = (type, name) => Object.getOwnPropertyDescriptor(type.prototype, name).get;

  function actionOf(form, submit) {
    const native = submit && (submit.type === 'submit' || submit.type === 'image') && property(
      submit.localName === 'button' ? HTMLButtonElement : HTMLInputElement, 'form').call(submit) === form;
    const action = native && submit.hasAttribute('formaction') ? submit.formAction
      : property(HTMLFormElement, 'action').call(form);
    const method = native && submit.hasAttribute('formmethod') ? submit.formMethod
      : property(HTMLFormElement, 'method').call(form);
    const stated = Element.prototype.hasAttribute.call(form, 'action') || Boolean(native && submit.hasAttribute('formaction'));
    return { method: method.toUpperCase(), url: action, stated };
  }

  function read(query) {
    controls = [];
    nodes = [];
    const form = first(query.form);
    const submit = first(query.submit);
    const page = {
      url: document.URL, complete: document.readyState === 'complete',
      status: performance.getEntriesByType('navigation')[0]?.responseStatus || 0,
      form: Boolean(form), submit: Boolean(submit), action: null, controls: [], hidden: [], stop: stop(),
    };
    if (!form) return page;
    if (form.localName === 'form') page.action = actionOf(form, submit);
    const inside = [...deep(form)].filter((element) => element.matches(CONTROL));
    const owned = form.localName === 'form' ? [...property(HTMLFormElement, 'elements').call(form)] : [];
    const all = [...inside, ...owned.filter((element) => !inside.includes(element) && element.matches(CONTROL))]
      .filter((element) => !BUTTONS.has(element.type) || element.getAttribute('role') === 'combobox');
    const visible = all.filter((element) => usable(element, kindOf(element), all));
    for (const element of all) {
      if (visible.includes(element) || element.type === 'password') continue;
      const name = element.getAttribute('name') || element.id;
      // Without a name nothing of it is sent.
      if (!name || element.disabled) continue;
      const box = element.type === 'checkbox' || element.type === 'radio';
      page.hidden.push({ name, value: box && !element.checked ? '' : String(element.value ?? '') });
    }
    const taken = new Set();
    for (const element of visible) {
      if (taken.has(element)) continue;
      const kind = kindOf(element);
      const group = kind === 'radio' || kind === 'checkbox' ? groupOf(element, visible) : null;
      const members = group ? group.members : [element];
      members.forEach((member) => taken.add(member));
      controls.push({ members, holder: group ? group.holder : null });
      page.controls.push(group ? describeGroup(group, visible, query) : describe(element, kind, visible, query));
    }
    return page;
  }

  // What only the person can do, if the page asks for it.
  function stop() {
    const visible = (selector) => [...deep(document)].some((element) => element.matches(selector) && shown(element));
    if (visible('input[type="password"]')) return 'login';
    const frames = 'iframe[src*="captcha"], iframe[src*="challenges.cloudflare"], iframe[src*="arkoselabs"], iframe[src*="turnstile"]';
    const posed = [...deep(document)].some((element) => element.matches(frames) && shown(element) &&
      !element.closest('.grecaptcha-badge') && element.getBoundingClientRect().height > 40);
    if (posed || visible('.h-captcha, .g-recaptcha:not([data-size="invisible"]), .cf-turnstile')) return 'captcha';
    const text = (document.body ? document.body.innerText : '').slice(0, 200000);
    if (/verify (that )?you are (a )?human|i(['’]| a)?m not a robot|prove you(['’]re| are) (a )?human/iu.test(text)) return 'captcha';
    if (visible('input[autocomplete~="one-time-code"]')) return 'code';
    if (/enter the (security |verification |confirmation )?code/iu.test(text)) return 'code';
    return null;
  }

  // What the page shows after the form was sent.
  function outcome(query) {
    const visibleText = (selector) => {
      let found = [];
      try {
        found = [...document.querySelectorAll(selector)];
      } catch {
        return [];
      }
      return found.filter(shown).map((element) => squeeze(element.innerText)).filter(Boolean);
    };
    const locator = query.locator ? first(query.locator) : null;
    return {
      url: document.URL, complete: document.readyState !== 'loading',
      status: performance.getEntriesByType('navigation')[0]?.responseStatus || 0,
      path: query.suffix !== null && location.pathname.endsWith(query.suffix),
      located: locator !== null && shown(locator),
      reference: query.reference ? visibleText(query.reference)[0] || null : null,
      messages: query.refusal ? [...new Set(visibleText(query.refusal))].slice(0, 50) : [],
      stop: stop(),
    };
  }

  const text = () => (document.body ? document.body.innerText : '').slice(0, 65536);
  const member = (index, at) => controls[index]?.members[at];
  const parts = { deep, kindOf, offered, optionsOf, shown, squeeze, up, PICKED };

  globalThis.reader = { read, outcome, text, member, nodes: () => nodes, parts };
})();
