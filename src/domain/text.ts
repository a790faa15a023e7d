/** The languages in which every text of the product exists. */
export type Language = 'en' | 'zh';

/** One text in every language: a missing one does not compile. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}
