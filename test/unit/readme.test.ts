import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from '../../src/domain/errorCatalogue.js';
import { RULE_IDS } from '../../src/domain/finding.js';
import { SETTING_DEFAULTS, WORKSPACE_SETTINGS, type SettingKey } from '../../src/shell/contributions.js';

const README = fs.readFileSync('README.md', 'utf8');

/** The rows of the table under a heading, cell by cell. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const section = README.slice(README.indexOf(`\n## ${heading}\n`)).split('\n## ')[1] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

describe('the README', () => {
  it('tells every rule of a join, in order', () => {
    expect(tableUnder('How a join is validated').map(([rule]) => rule)).toEqual(RULE_IDS);
  });

  it('tells every setting with its default, and which of them a workspace may set', () => {
    const expected = (Object.keys(SETTING_DEFAULTS) as SettingKey[]).map((key) => {
      const value = SETTING_DEFAULTS[key];
      return [`\`ecsExplorer.${key}\`${WORKSPACE_SETTINGS.includes(key) ? '' : ' ◆'}`, `\`${typeof value === 'string' && value !== '' ? value : JSON.stringify(value)}\``];
    });
    expect(tableUnder('Settings').map((cells) => cells.slice(0, 2))).toEqual(expected);
  });

  it('explains every error code of JoinSecurityGroup in the words of the catalogue', () => {
    const rows = tableUnder('Errors of JoinSecurityGroup').map(([code = '', , meaning, remedy]) => [code.replaceAll('`', ''), meaning, remedy]);
    const documented = Object.entries(ERROR_CATALOGUE).filter(([code, { sources }]) => sources.includes('JoinSecurityGroup') && !['MissingParameter', 'OperationDenied'].includes(code));
    expect(rows.sort()).toEqual(documented.map(([code, { meaning, remedy }]) => [code, meaning.en, remedy.en]).sort());
  });

  it('shows pictures that are there', () => {
    const pictures = [...README.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file]) => file ?? '');
    expect(pictures.length).toBeGreaterThan(1);
    expect(pictures.filter((file) => !fs.existsSync(file))).toEqual([]);
  });
});
