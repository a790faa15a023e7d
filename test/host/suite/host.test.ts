import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('the host', () => {
  it('is the VS Code that this run was started for', function () {
    const expected = process.env['ECS_EXPLORER_HOST_VERSION'];
    // A desktop VS Code is whatever is installed.
    if (expected === undefined) this.skip();
    assert.equal(vscode.version, expected);
  });

  it('sees no home folder of a person', function () {
    if (process.env['ECS_EXPLORER_HOST_VERSION'] === undefined) this.skip();
    assert.match(process.env['HOME'] ?? '', /ecs-explorer-host-/);
  });
});
