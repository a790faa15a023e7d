import { randomBytes } from 'node:crypto';
import { h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Child, Element } from '../../present/page/element.js';
import type { Page } from '../../present/page/page.js';
import { pageTree } from '../../present/page/pageTree.js';
import { PLAIN_VIEW } from '../../present/page/viewState.js';

/** What a page stands in. */
export interface PageFrame {
  readonly page: Page;
  /** Given back by the editor when it opens the page again after a restart; the same as in the message `show`. */
  readonly restore: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Addresses of `dist/webview/page.js` and `page.css` for this webview. */
  readonly script: string;
  readonly style: string;
}

/** Rows of each table that the first picture has: it is read at once, and the page's program brings the others. */
const FIRST_ROWS = 200;

/** The hash of nothing: the toolkit adds an empty style element (toolkit issue 545), which is all that this allows. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

function nodeOf(child: Child): VNode | string {
  return typeof child === 'string' ? child : h(child.tag, child.attributes as Record<string, unknown>, child.children.map(nodeOf));
}

function drawn(page: Page): Element {
  return pageTree(page, { view: PLAIN_VIEW, alive: false, made: () => FIRST_ROWS });
}

/**
 * The whole document of a page, which reads without its program. The same elements as the program draws later, with
 * everything in them escaped by the renderer; nothing but our own script and style may run or load.
 */
export function pageHtml({ page, restore, cspSource, script, style }: PageFrame): string {
  const nonce = randomBytes(18).toString('base64url');
  const policy = `default-src 'none'; style-src ${cspSource} ${EMPTY_STYLE}; font-src ${cspSource}; script-src 'nonce-${nonce}'`;
  const document = h(
    'html',
    { lang: page.language === 'zh' ? 'zh-CN' : 'en' },
    h('head', {}, h('meta', { charset: 'utf-8' }), h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }), h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }), h('title', {}, page.title), h('link', { rel: 'stylesheet', href: style })),
    h('body', {}, h('div', { id: 'page', 'data-restore': restore }, nodeOf(drawn(page))), h('script', { nonce, src: script })),
  );
  return `<!DOCTYPE html>${renderToString(document)}`;
}
