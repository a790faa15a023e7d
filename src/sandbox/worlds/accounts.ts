/** The account that a world is about. */
export const ACCOUNT_ID = '1234567890123456';

/** Somebody else's account: the owner of what is foreign in a world, and of the key `other`. */
export const OTHER_ACCOUNT_ID = '6543210987654321';
