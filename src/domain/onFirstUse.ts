/**
 * Makes a thing when it is asked for the first time, and gives the same one ever after: for what takes time to be
 * made, such as schemas and large patterns, and what the start of the editor must not wait for.
 */
/* @__NO_SIDE_EFFECTS__ */
export function onFirstUse<T>(make: () => T): () => T {
  let made: { readonly thing: T } | undefined;
  return () => (made ??= { thing: make() }).thing;
}
