import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

const ID = 'ecs-explorer.ecs-explorer';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[]; readonly configuration: { readonly properties: Record<string, { readonly scope: string }> } };
}

describe('activation', () => {
  let extension: vscode.Extension<unknown>;

  before(() => {
    const found = vscode.extensions.getExtension(ID);
    assert.ok(found, `${ID} is not there`);
    extension = found;
  });

  it('waits until it is wanted', () => {
    assert.equal(extension.isActive, false);
  });

  it('registers every command that the manifest contributes, and no other', async () => {
    await extension.activate();
    const manifest = extension.packageJSON as Manifest;
    const registered = (await vscode.commands.getCommands(true)).filter((id) => /^ecsExplorer\.(?!resources\.|activity\.)/.test(id));
    assert.deepEqual(registered.sort(), manifest.contributes.commands.map(({ command }) => command).sort());
  });

  it('keeps a workspace from redirecting requests, choosing credentials or lowering guards', async () => {
    const { properties } = (extension.packageJSON as Manifest).contributes.configuration;
    const guarded = Object.keys(properties).filter((key) => key !== 'ecsExplorer.regions');
    assert.ok(guarded.length > 5);
    for (const key of guarded) {
      await assert.rejects(async () => vscode.workspace.getConfiguration().update(key, 'https://elsewhere.example', vscode.ConfigurationTarget.Workspace), `a workspace may set ${key}`);
    }
  });
});
