// The page of the demo: a conversation, in which a script is both the person and the model.
import { createHost } from './host.mjs';
import { createScript } from './turns.mjs';

const feed = document.querySelector('#feed');
const knows = document.querySelector('#knows');
const next = document.querySelector('#next');

/** An element; everything foreign becomes text. */
function add(parent, tag, className, text = '') {
  const element = document.createElement(tag);
  element.className = className;
  element.dir = 'auto';
  element.textContent = text;
  parent.append(element);
  return element;
}

const says = (who, text) => add(feed, 'p', who, text);

const shown = {
  called({ title, name, args, text, isOpen }) {
    const call = add(feed, 'details', 'call');
    call.open = isOpen;
    add(call, 'summary', '', `${title} · ${name}`);
    add(call, 'pre', '', `${JSON.stringify(args, undefined, 2)}\n\n${text}`);
  },
  framed(frame) {
    frame.className = 'view';
    feed.append(frame);
  },
  knows(text) {
    knows.textContent = text && `The model knows: ${text}`;
    offer();
  },
  changed: () => offer(),
  says: (text) => says('person', text),
  links(url) {
    if (!/^https?:/.test(url)) return;
    const link = add(says('model', 'The page opens '), 'a', '', url);
    Object.assign(link, { href: url, target: '_blank', rel: 'noopener noreferrer' });
  },
};

const script = createScript();
let isBusy = true;
const host = await createHost(shown);

/** The next line of the script waits on the button: what happens in a page may change it. */
function offer() {
  if (isBusy) return;
  next.textContent = script.peek(host)?.says ?? 'That was all. Start again';
  next.disabled = false;
}

async function play() {
  const turn = script.take(host);
  if (!turn) return location.reload();
  isBusy = true;
  next.disabled = true;
  const person = says('person', turn.says);
  try {
    says('model', await turn.plays(host));
  } catch (error) {
    says('model', `That did not work: ${error instanceof Error ? error.message : error}`);
  }
  person.scrollIntoView({ block: 'start', behavior: 'smooth' });
  isBusy = false;
  offer();
}

next.addEventListener('click', () => void play());
isBusy = false;
offer();
