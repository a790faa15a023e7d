import path from 'node:path';
import { NEVER } from '../../src/app/cancelSource.js';
import { Explorer } from '../../src/app/explore.js';
import { instance, securityGroup } from '../unit/support/builders.js';
import { preloaded } from './preload.js';
import { vscodeStub } from './vscodeStub.js';
import { provideVscode } from './watch.js';
import { CLOCK } from './clocks.js';

/**
 * A program: opens the picker of a join from what the command is run on, and prints what happened until the first
 * request, in its order. The service never answers.
 */
const SHOWN = 'shown';
const MOST_TURNS = 1000;
const [folder = '', from = ''] = process.argv.slice(2);
const NODES: Readonly<Record<string, readonly object[]>> = {
  instance: [{ kind: 'instance', id: 'instance', parent: undefined, resource: instance() }],
  group: [{ kind: 'securityGroup', id: 'group', parent: undefined, resource: securityGroup() }],
  palette: [],
};

interface Changes {
  readonly changes: { join(services: object, args: readonly unknown[]): Promise<unknown> };
}

const events: string[] = [];
const require = preloaded();
provideVscode({ ...vscodeStub({}), ...quickPicks(() => void events.push(SHOWN)) });
const { changes } = require(path.join(folder, 'changes.js')) as Changes;

const nodes = NODES[from];
if (nodes === undefined) throw new Error('what is the picker opened from?');
const ecs = new Proxy({}, {
  get: (_target, name) => () => {
    events.push(String(name));
    return new Promise(() => undefined);
  },
});
const scope = { account: 'sandbox', connection: { identity: { key: 'bench' }, sandbox: true, ecs }, signal: NEVER } as unknown as Explorer['scope'];
const explorer = new Explorer(scope, { language: 'en', regions: [], clock: CLOCK });
const services = {
  language: 'en',
  accounts: { main: { account: 'sandbox' }, shown: ['sandbox'], session: () => ({ open: () => Promise.resolve({ ok: true, value: scope }) }) },
  view: { explorer: () => Promise.resolve(explorer), isNode: () => true, nodesOf: () => nodes, accountsOf: () => ['sandbox'] },
  recent: { of: () => [] },
};
void changes.join(services, [nodes[0]]);
const isRequest = (event: string) => event !== SHOWN;
for (let turns = 0; turns < MOST_TURNS && !events.some(isRequest); turns += 1) await new Promise<void>((resolve) => setImmediate(resolve));
process.stdout.write(`${JSON.stringify({ events })}\n`);
process.exit(0);

/** As much of VS Code's boxes as opening one asks for. */
function quickPicks(onShow: () => void): object {
  const subscribe = () => ({ dispose: () => undefined });
  class ThemeIcon {
    readonly id: string;
    constructor(id: string) {
      this.id = id;
    }
  }
  const createQuickPick = () => ({ show: onShow, dispose: () => undefined, selectedItems: [], activeItems: [], items: [], value: '', onDidAccept: subscribe, onDidTriggerButton: subscribe, onDidHide: subscribe, onDidChangeValue: subscribe });
  return { ThemeIcon, QuickInputButtons: { Back: {} }, QuickPickItemKind: { Separator: -1, Default: 0 }, window: { createQuickPick } };
}
