import { isJsonObject, type Checked } from './checks.js';

/**
 * A RAM policy of a user or a role, without conditions, as its JSON document has it. Source: "Policy structure and
 * syntax" of the RAM pages (version 1; `Action` and `Resource` are a text or a list; `*` stands for any characters and
 * `?` for one; a denial wins over whatever allows).
 */
export interface Policy {
  readonly statements: readonly Statement[];
}

interface Statement {
  readonly allows: boolean;
  readonly actions: readonly RegExp[];
  readonly resources: readonly RegExp[];
}

const MAX_STATEMENTS = 100;
const MAX_PATTERNS = 100;
const MAX_PATTERN = 500;

/** Reads a policy's document. Conditions and the elements that turn a statement round are not played here, and refused. */
export function readPolicy(document: unknown): Checked<Policy> {
  if (!isJsonObject(document)) return { problem: '"policy" must be a JSON object' };
  const { Version, Statement: given, ...others } = document as Readonly<Record<string, unknown>>;
  if (Version !== '1') return { problem: '"Version" of a policy is "1"' };
  if (Object.keys(others).length > 0 || !Array.isArray(given) || given.length === 0 || given.length > MAX_STATEMENTS) return { problem: `a policy has "Version" and a "Statement" of 1 to ${MAX_STATEMENTS}` };
  const statements: Statement[] = [];
  for (const one of given) {
    const statement = readStatement(one);
    if (statement === undefined) return { problem: 'a statement has Effect (Allow or Deny), Action and Resource, and nothing else' };
    statements.push(statement);
  }
  return { value: { statements } };
}

function readStatement(given: unknown): Statement | undefined {
  if (!isJsonObject(given)) return undefined;
  const { Effect, Action, Resource, ...others } = given as Readonly<Record<string, unknown>>;
  const [actions, resources] = [patterns(Action), patterns(Resource)];
  if ((Effect !== 'Allow' && Effect !== 'Deny') || actions === undefined || resources === undefined || Object.keys(others).length > 0) return undefined;
  return { allows: Effect === 'Allow', actions, resources };
}

function patterns(given: unknown): readonly RegExp[] | undefined {
  const texts: readonly unknown[] = Array.isArray(given) ? given : [given];
  const fit = texts.length > 0 && texts.length <= MAX_PATTERNS && texts.every((one): one is string => typeof one === 'string' && one !== '' && one.length <= MAX_PATTERN);
  return fit ? texts.map(pattern) : undefined;
}

function pattern(text: string): RegExp {
  // Several stars in a row are one, lest matching takes for ever.
  const source = text.replace(/\*+/g, '*').replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

/** Whether an action is allowed on every one of the resources. */
export function permits({ statements }: Policy, action: string, resources: readonly string[]): boolean {
  const matches = (statement: Statement, resource: string): boolean =>
    statement.actions.some((one) => one.test(action)) && statement.resources.some((one) => one.test(resource));
  return resources.every((resource) => {
    const decisive = statements.filter((statement) => matches(statement, resource));
    return decisive.length > 0 && decisive.every(({ allows }) => allows);
  });
}
