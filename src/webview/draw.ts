import { Component, h, render, type ComponentChild, type VNode } from 'preact';
import type { Child, Element as PageElement } from '../present/page/element.js';

/** Rows that are drawn once, and again only when they are other ones. */
class Rows extends Component<{ readonly of: PageElement }> {
  override shouldComponentUpdate({ of }: { readonly of: PageElement }): boolean {
    return of !== this.props.of;
  }

  override render(): VNode {
    return node(this.props.of);
  }
}

function node({ tag, attributes, children, key }: PageElement): VNode {
  return h(tag, { ...attributes, key } as Record<string, unknown>, children.map(drawable));
}

function drawable(child: Child): ComponentChild {
  if (typeof child === 'string') return child;
  return child.tag === 'tbody' ? h(Rows, { of: child, key: child.key }) : node(child);
}

/**
 * Makes the document what the tree says, with as few changes as it takes. The focus stays where it is; where its
 * element is gone, it goes to the heading of what it was in, and not to the top of the window.
 */
export function draw(tree: PageElement, root: HTMLElement): void {
  const focused = document.activeElement;
  const section = focused?.closest<HTMLElement>('[data-section]')?.dataset['section'];
  const wasInside = focused !== null && root.contains(focused);
  render(drawable(tree), root);
  if (!wasInside || root.contains(document.activeElement)) return;
  const home = [...root.querySelectorAll<HTMLElement>('[data-section]')].find(({ dataset }) => dataset['section'] === section);
  (home?.querySelector<HTMLElement>('h2') ?? root.querySelector<HTMLElement>('h1'))?.focus();
}
