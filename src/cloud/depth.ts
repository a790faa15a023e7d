/** A resource of the service is some six levels deep. */
const DEEPEST = 100;

/**
 * Whether the JSON is nested deeper than any answer of the service. Parsing such a thing is possible, writing
 * it out or walking it by recursion ends in a full stack; so this looks level by level.
 */
export function isDeeper(json: unknown): boolean {
  let level: readonly unknown[] = [json];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    level = level.flatMap((value): readonly unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}
