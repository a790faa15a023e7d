import { explain } from '../domain/explain.js';
import type { Failure } from '../domain/failure.js';
import type { Language } from '../domain/text.js';
import { forLog } from './literal.js';
import { placeWords } from './troubleText.js';

/** One operation as the log keeps it. Names of accounts only, never keys. */
export interface LogBlock {
  readonly at: string;
  readonly operationId: string;
  readonly operation: string;
  readonly account: string;
  readonly regionId: string;
  readonly target: string;
  readonly group: string;
  readonly route: string;
  readonly outcome: string;
  readonly httpStatus?: number | undefined;
  readonly requestId?: string | undefined;
  readonly durationMs: number;
  readonly attempts: number;
  readonly failure?: Failure | undefined;
  /** Sentences of the preflight rules. */
  readonly findings: readonly string[];
}

/**
 * The block that each operation writes (design, section 3): labels in English, so that a log can be searched
 * and sent to support; meaning and remedy in the reader's language.
 */
export function logBlock(block: LogBlock, language: Language): readonly string[] {
  const { failure } = block;
  const explained = failure === undefined ? undefined : explain(failure);
  return aligned([
    ['Time', block.at],
    ['Operation id', block.operationId],
    ['Operation', block.operation],
    ['Account', block.account],
    ['Region', block.regionId],
    ['Target', block.target],
    ['Security group', block.group],
    ['Route', block.route],
    ['Outcome', block.outcome],
    ['HTTP status', block.httpStatus ?? failure?.httpStatus],
    ['Code', failure?.code],
    ['Service message', failure?.serviceMessage],
    ['Denied', failure === undefined ? undefined : denial(failure)],
    ['Meaning', explained?.meaning[language]],
    ['What to do', explained?.remedy[language]],
    ['More', explained?.link === '' ? undefined : explained?.link],
    ['Detail', failure?.detail],
    ['Place', failure === undefined ? undefined : placeWords(failure)],
    ['RequestId', block.requestId ?? failure?.requestId],
    ['Duration', `${Math.round(block.durationMs)} ms`],
    ['Attempts', block.attempts],
    ...block.findings.map((sentence) => ['Rule', sentence] as const),
  ]);
}

/** What an administrator needs to find the policy; in English, as the console's names of these are. */
function denial({ deniedAction, deniedBy, policyType }: Failure): string {
  return [deniedAction, deniedBy === undefined ? undefined : `${deniedBy} deny`, policyType].filter((part) => part !== undefined).join(', ');
}

/** Rows that have a value, as aligned lines. */
function aligned(rows: readonly (readonly [string, string | number | undefined])[]): readonly string[] {
  return rows.filter(([, value]) => value !== undefined && value !== '').map(([label, value]) => `  ${`${label}:`.padEnd(17)}${forLog(String(value))}`);
}

/** A failure of a read, in the same shape. */
export function failureLines(failure: Failure, language: Language): readonly string[] {
  const { meaning, remedy, link } = explain(failure);
  return aligned([
    ['Operation', failure.operation],
    ['HTTP status', failure.httpStatus],
    ['Code', failure.code],
    ['Service message', failure.serviceMessage],
    ['Denied', denial(failure)],
    ['Meaning', meaning[language]],
    ['What to do', remedy[language]],
    ['More', link],
    ['Detail', failure.detail],
    ['Place', placeWords(failure)],
    ['RequestId', failure.requestId],
  ]);
}
