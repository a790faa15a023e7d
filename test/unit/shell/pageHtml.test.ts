import { describe, expect, it } from 'vitest';
import { pageHtml, type PageFrame } from '../../../src/shell/details/pageHtml.js';
import { rowsPage } from '../../page/support/samplePage.js';

const html = (frame: Partial<PageFrame> = {}) => pageHtml({ page: rowsPage(1), restore: 'token', cspSource: 'https://webview.example', script: 'https://webview.example/page.js', style: 'https://webview.example/page.css', ...frame });
const nonceOf = (text: string) => /script-src 'nonce-([\w-]+)'/.exec(text)?.[1];

describe('the document of a page', () => {
  it('lets nothing load or run but its own style and script', () => {
    const text = html();
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1];
    expect(policy).toBe(`default-src 'none'; style-src https://webview.example 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; font-src https://webview.example; script-src 'nonce-${nonceOf(text) ?? ''}'`);
    expect(text.match(/<script[^>]*>/g)).toEqual([`<script nonce="${nonceOf(text) ?? ''}" src="https://webview.example/page.js">`]);
    expect(text).not.toMatch(/ style="| on\w+="|unsafe-/);
  });

  it('has another nonce each time', () => {
    expect(new Set([html(), html(), html()].map(nonceOf)).size).toBe(3);
  });

  it('says its language, and holds what the editor gives back', () => {
    expect(html({ page: { ...rowsPage(1), language: 'zh' }, restore: '{"a":"<&>"}' })).toMatch(/^<!DOCTYPE html><html lang="zh-CN">.*<div id="page" data-restore="\{&quot;a&quot;:&quot;&lt;&amp;>&quot;\}">/);
  });

  it('writes hostile text as text', () => {
    const evil = '</title><script>alert(1)</script><img src=x onerror=alert(1)>"';
    const page = rowsPage(1);
    const text = html({ page: { ...page, title: evil, kind: evil, sections: page.sections.map((section) => ({ ...section, id: evil, title: evil })) }, restore: evil });
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toContain('<img');
  });

  it('has the first 200 rows of a table, and says so', () => {
    const text = html({ page: rowsPage(1_000) });
    expect(text.match(/<tr /g)).toHaveLength(201);
    expect(text).toContain('These are the first 200 of 1,000 rows; the rest needs scripts.');
  });
});
