import { describe, expect, it, vi } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { success, type Result } from '../../../src/domain/failure.js';
import * as rows from '../../../src/present/explorerNode.js';
import type { Services } from '../../../src/shell/services.js';
import { instance, REGION } from '../support/builders.js';
import { deferred, settled } from '../support/deferred.js';

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  window: { withProgress: (_options: unknown, run: (progress: undefined, token: unknown) => unknown) => run(undefined, { onCancellationRequested: () => undefined }) },
  workspace: { getConfiguration: () => ({ get: () => undefined }) },
}));

const { viewJson } = await import('../../../src/shell/commands/viewJson.js');

/** What is shown when the service has answered, after the account was left or not. */
async function shown({ left }: { readonly left: boolean }): Promise<readonly unknown[]> {
  const documents: unknown[] = [];
  const life = createCancelSource();
  const answer = deferred<Result<unknown>>();
  const explorer = { signal: life.signal, scope: { account: 'env', connection: { ecs: { readJson: () => answer.promise } } } };
  const node = rows.resourceNode(instance({ id: 'i-1' }), rows.categoryNode(rows.regionNode({ id: REGION, name: REGION }, 'env'), 'instances'));
  const view = { isNode: () => true, selection: [], lists: { accountOf: () => 'env' }, explorer: () => Promise.resolve(explorer) };
  const accounts = { main: { account: 'env' }, session: () => ({ open: () => Promise.resolve(success({ account: 'env' })) }) };
  const done = viewJson({ view, accounts, documents: { show: (_of: unknown, json: unknown) => { documents.push(json); } } } as unknown as Services, [node]);
  await settled();
  if (left) life.cancel();
  answer.resolve(success({ InstanceId: 'i-1' }));
  await done;
  return documents;
}

describe('a resource as JSON', () => {
  it('is shown when the service has answered', async () => {
    expect(await shown({ left: false })).toEqual([{ InstanceId: 'i-1' }]);
  });

  it('is dropped when its account was left meanwhile', async () => {
    expect(await shown({ left: true })).toEqual([]);
  });
});
