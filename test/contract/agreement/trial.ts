import type { Ecs } from '../../../src/app/ports/ecs.js';
import type { Finding, RuleId, Verdict } from '../../../src/domain/finding.js';
import type { Sandbox } from '../../../src/sandbox/server.js';
import { ecsOf } from '../support/cloudConnection.js';
import { control } from '../support/sandboxControl.js';

/** A sandbox and the product's cloud room connected to it, as the account itself and as a user who does not see everything. */
export interface Service {
  readonly sandbox: Sandbox;
  readonly ecs: Ecs;
  readonly filtered: Ecs;
}

export async function serviceOf(sandbox: Sandbox): Promise<Service> {
  const [ecs, filtered] = await Promise.all([ecsOf(sandbox), ecsOf({ ...sandbox, ...sandbox.keys.filtered })]);
  return { sandbox, ecs, filtered };
}

/** What the rules say of one request beforehand, and how to send it. */
export interface Trial {
  /** World and ids, for whoever has to find it again. */
  readonly what: string;
  readonly verdict: Verdict;
  readonly rules: readonly RuleId[];
  /** The codes of which the service's answer is one, if it refuses. */
  readonly predicted: readonly string[];
  /** The codes that a hidden truth may bring. */
  readonly hidden: readonly string[];
  /** At which bound of a limit the request stands, if at any: named with the answer that it must get. */
  readonly edges: readonly { readonly name: string; readonly code: string }[];
  /** Sends it to a service with this world, takes back what it changed, and gives the code, or `ok`. */
  send(to: Service): Promise<string>;
}

/** A trial with the service's answer. */
export interface Observation {
  readonly trial: Trial;
  readonly code: string;
}

/** The part of a trial that findings tell. Information predicts nothing: the rules see no obstacle there. */
export function saidBy(findings: readonly Finding[]): Pick<Trial, 'rules' | 'predicted'> {
  return {
    rules: [...new Set(findings.map(({ rule }) => rule))],
    predicted: [...new Set(findings.filter(({ severity }) => severity !== 'inform').flatMap(({ codes }) => codes))],
  };
}

/** Leaves the group again by another hand, so that every other plan of the world still holds. */
export async function takeBack({ sandbox }: Service, resource: string, removeGroup: string): Promise<void> {
  await control(sandbox, 'touch', { resource, removeGroup });
}

/**
 * Where rules and service contradict each other, in a sentence; undefined where they agree.
 * `blocked` and `nothingToDo`: refused, with a predicted code. `ready`: accepted, or refused for what is hidden.
 * `warn`: either, and a refusal has a predicted code or a hidden reason (design, law 12).
 */
export function disagreement({ trial, code }: Observation): string | undefined {
  const { verdict, predicted, hidden, what } = trial;
  const explained = verdict === 'ready' ? hidden : [...predicted, ...hidden];
  const mayAccept = verdict === 'ready' || verdict === 'warn';
  if (code === 'ok' ? mayAccept : explained.includes(code)) return undefined;
  return `${what}: the rules say ${verdict} (${trial.rules.join(' ')}; predicted: ${predicted.join(', ') || 'nothing'}; hidden: ${hidden.join(', ') || 'nothing'}), the service says ${code}`;
}
