import { describe, expect, it } from 'vitest';
import { sourcesUnder } from './support/sources.js';

/** The product without the sandbox, which is a program of its own and has no secrets of anybody. */
const SOURCES = [...sourcesUnder('src')].filter(([file]) => !file.startsWith('src/sandbox/'));

/** The files that have such a text, with how often. */
function having(pattern: RegExp): Readonly<Record<string, number>> {
  return Object.fromEntries(SOURCES.flatMap(([file, text]) => {
    const count = text.match(pattern)?.length ?? 0;
    return count === 0 ? [] : [[file, count] as const];
  }));
}

describe('the words of a caught error', () => {
  it('are taken in these places only, each of which hands them to the redactor, makes another error of them, or takes a number out of them', () => {
    expect(having(/\b(?:error|cause|reason)\.(?:message|stack)\b|String\(error\)/g)).toEqual({
      'src/app/readBack.ts': 1,
      'src/app/session.ts': 1,
      'src/cloud/accounts/cliFile.ts': 1,
      'src/shell/accountPicker.ts': 1,
      'src/shell/details/detailsPanel.ts': 1,
      'src/shell/log.ts': 2,
      'src/shell/pick.ts': 1,
      'src/shell/sandboxProcess.ts': 1,
      'src/shell/slices.ts': 1,
      'src/store/journalWriter.ts': 1,
    });
    const redacted = ['src/app/readBack.ts', 'src/app/session.ts', 'src/cloud/networkFailure.ts', 'src/shell/details/detailsPanel.ts', 'src/shell/sandboxProcess.ts', 'src/store/journalWriter.ts'];
    expect(redacted.filter((file) => (having(/\bredact\(/g)[file] ?? 0) === 0)).toEqual([]);
  });

  it('are never handed to a message', () => {
    expect(having(/show(?:Error|Warning|Information)Message\([^;]*\berror\b[^;]*;/g)).toEqual({});
  });
});

describe('what is told and kept', () => {
  it('is written to one channel, which the log has', () => {
    expect(having(/createOutputChannel\(/g)).toEqual({ 'src/shell/log.ts': 1 });
    expect(having(/#channel\.(?:info|warn|error|debug|trace|append\w*)\(/g)).toEqual({ 'src/shell/log.ts': 5 });
  });

  it('is written to the console nowhere: the only words of that kind stand in a program that is copied', () => {
    expect(Object.keys(having(/\bconsole\.(?:log|error|warn|info|debug)\b/g))).toEqual(['src/present/copyAs/sdk.ts']);
  });

  it('is kept in the state of the editor by these only: an account, which identities have changed something, pins, how rows are grouped, ids of groups', () => {
    expect(Object.keys(having(/\.update\([^)]/g)).filter((file) => file.startsWith('src/shell/'))).toEqual([
      'src/shell/chosenAccount.ts',
      'src/shell/commands/selectRegions.ts',
      'src/shell/firstWrites.ts',
      'src/shell/guards.ts',
      'src/shell/recentGroups.ts',
      'src/shell/treeState.ts',
    ]);
  });
});
