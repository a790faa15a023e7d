const MAX_ID_LENGTH = 64;

/** An id is malformed for characters that no id has, for its length, or for another kind's prefix; old ids have no prefix. [inferred] */
export function malformed(id: string | undefined, prefix: string): boolean {
  if (id === undefined) return false;
  const otherKind = ['i-', 'eni-', 'sg-', 'vpc-', 'vsw-'].some((other) => other !== prefix && id.startsWith(other));
  return otherKind || id.length > MAX_ID_LENGTH || !/^[\w.-]+$/.test(id);
}
