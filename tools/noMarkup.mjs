// @ts-check
/**
 * What may not be written in `src/` (law 10): the ways in which a text of the cloud would become a link, a command,
 * an element or a program. The rules look at names, so they also hold where a type was cast away.
 *
 * @typedef {{ selector: string, message: string }} Restriction
 */

const MESSAGE = "The cloud's text is hostile (law 10): no trusted markdown and no HTML from strings.";

/** Names that make a markdown text more than words; that of a workspace is only read, and means something else. */
const TRUST = 'isTrusted|supportHtml|enableCommandUris';
/** Names that make elements of a string. */
const HTML = 'innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|parseFromString|srcdoc';

/** @type {readonly string[]} */
const NAMES = [
  `MemberExpression[property.name=/^(${HTML})$/]`,
  `MemberExpression[property.name=/^(${TRUST})$/]:not([object.name="workspace"]):not([object.property.name="workspace"])`,
  `Property[key.name=/^(${TRUST}|${HTML})$/]`,
  `PropertyDefinition[key.name=/^(${TRUST}|${HTML})$/]`,
  // In brackets, in quotes, as an argument of Reflect.set and the like.
  `Literal[value=/^(${TRUST}|${HTML}|appendMarkdown|MarkdownString)$/]`,
  `TemplateElement[value.raw=/^(${TRUST}|${HTML}|appendMarkdown|MarkdownString)$/]`,
  'CallExpression[callee.property.name=/^write(ln)?$/][callee.object.name="document"]',
  'CallExpression[callee.property.name=/^write(ln)?$/][callee.object.property.name="document"]',
];

/** Markdown is written in the sources, word for word; what comes from elsewhere goes through `appendText`. @type {readonly string[]} */
const MARKDOWN = [
  'CallExpression[callee.property.name="appendMarkdown"] > :not(Literal).arguments',
  'MemberExpression[property.name="appendMarkdown"]:not(CallExpression > .callee)',
  'NewExpression[callee.property.name="MarkdownString"] > :not(Literal).arguments',
  'NewExpression[callee.name="MarkdownString"] > :not(Literal).arguments',
];

/** @type {Restriction[]} */
export const NO_MARKUP = [
  ...[...NAMES, ...MARKDOWN].map((selector) => ({ selector, message: MESSAGE })),
  { selector: 'CallExpression[callee.name=/^(eval|Function)$/], NewExpression[callee.name="Function"]', message: 'No code from strings.' },
];
