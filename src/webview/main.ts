import { PAGE_WORDS } from '../present/page/pageWords.js';
import { readViewState } from '../present/page/viewState.js';
import { say } from '../present/words.js';
import { toPageSchema, type ToPage, type ToShell } from '../protocol/messages.js';
import { Peer, type Answer } from '../protocol/peer.js';
import { listen } from './gestures.js';
import { keep, keptState, port, timer } from './host.js';
import { PageView } from './pageView.js';
import { registerElements } from './ui.js';

/** A link may open a dialog that a person thinks over: the shell answers when it has taken it on, so this is long. */
const WITHIN = 60_000;

function start(root: HTMLElement): void {
  let restore = root.dataset['restore'] ?? '';
  const kept = keptState();
  const view = new PageView(root, readViewState(typeof kept === 'object' && kept !== null && 'view' in kept ? kept.view : undefined), (looked) => { keep({ restore, view: looked }); });
  const keepAll = () => { keep({ restore, view: view.view }); };
  keepAll();
  const peer = new Peer<ToShell, ToPage>({
    // Not `randomUUID`, which is missing where the editor is served without TLS.
    name: crypto.getRandomValues(new Uint32Array(4)).join('-'),
    port,
    timer,
    within: WITHIN,
    incoming: toPageSchema,
    handle(body) {
      restore = body.restore;
      keepAll();
      view.show(body.page);
      return Promise.resolve({ ok: true });
    },
  });
  listen(root, view, (link, table) => {
    view.tell(undefined);
    const asked: ToShell = { say: 'follow', link, ...(table !== undefined && { table: { id: table, rows: view.shownIn(table) } }) };
    void peer.ask(asked).then((answer) => { view.tell(words(answer, view)); });
  });
  void peer.ask({ say: 'ready' });
}

function words(answer: Answer, { language = 'en' }: PageView): string | undefined {
  if (answer.ok) return undefined;
  if (answer.because !== 'failed') return answer.because === 'late' ? say(PAGE_WORDS.late, language) : undefined;
  return answer.message === '' ? say(PAGE_WORDS.broke, language) : answer.message;
}

registerElements();
const root = document.getElementById('page');
if (root !== null) start(root);
