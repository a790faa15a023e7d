/** What the ids of rows are made of. */

/** Ids come from outside, and one with a slash or a colon must not pass for a row further down or for one of ours. */
export function step(id: string): string {
  return /[%/:]/.test(id) ? id.replace(/[%/:]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`) : id;
}

/** The id of an account's row; those of all its rows begin with it, also where it is shown by itself and has no row. */
export function accountId(account: string): string {
  return step(account);
}

/** The id of a category's row, wherever its region stands. */
export function categoryId(account: string, { regionId, category }: { readonly regionId: string; readonly category: string }): string {
  return `${accountId(account)}/${step(regionId)}/${category}`;
}
