import type { LinkedPage, PageAct } from '../../../../src/present/page/details.js';
import type { Action, Block, Note, Picture, Table, Words } from '../../../../src/present/page/page.js';

/** A page as lines of text, so that a test can look at the whole of it: links as what they do, tones as signs. */

const TONE = { plain: '', muted: '', good: '', warning: '?', danger: '!' } as const;

/** What links do, in few signs: `[open sg-1]`. */
function actText(act: PageAct | undefined): string {
  if (act === undefined) return '[NO LINK]';
  if ('groupIds' in act) return `[${[act.act, ...('id' in act ? [act.id] : []), '+', ...act.groupIds].join(' ')}]`;
  if ('id' in act) return `[${act.act} ${act.id}]`;
  return act.act === 'export' ? `[export ${act.table} ${act.as}]` : `[${act.act}]`;
}

class Teller {
  readonly #links: LinkedPage['links'];

  constructor({ links }: Pick<LinkedPage, 'links'>) {
    this.#links = links;
  }

  words(parts: readonly Words[]): string {
    return parts.map(({ text, tone = 'plain', link, badge, code }) => `${TONE[tone]}${badge === true ? `<${text}>` : code === true ? `\`${text}\`` : text}${link === undefined ? '' : actText(this.#links.get(link))}`).join(' ');
  }

  actions(actions: readonly Action[] = []): readonly string[] {
    return actions.length === 0 ? [] : [actions.map(({ text, link, primary }) => `(${primary === true ? '*' : ''}${text})${actText(this.#links.get(link))}`).join(' ')];
  }

  note({ tone, text, lines = [], actions }: Note): readonly string[] {
    return [`${{ plain: 'i', muted: '.', good: '+', warning: '?', danger: '!' }[tone]} ${text}`, ...[...lines, ...this.actions(actions)].map((line) => `    ${line}`)];
  }

  table({ id, caption, columns, rows, empty, actions, searchable }: Table): readonly string[] {
    const head = columns.map(({ title, sort, filter }) => `${title}${sort === undefined ? '' : sort === 'number' ? '#' : '~'}${filter === true ? '▾' : ''}`).join(' | ');
    const body = rows.length === 0 ? [empty] : rows.map((row) => `${TONE[row.tone ?? 'plain']}${row.cells.map((cell) => this.words(cell.words)).join(' | ')}`);
    return [`table ${id}: ${caption}${searchable ? ' (search)' : ''}`, head, ...body, ...this.actions(actions)];
  }

  picture({ id, title, sentences, columns, lines }: Picture): readonly string[] {
    const node = ({ id: name, label, detail, tone, change }: Picture['columns'][number]['nodes'][number]) => `${name}=${TONE[tone]}${label}${detail === undefined ? '' : ` (${detail})`}${change === undefined ? '' : ` ${change}`}`;
    return [
      `picture ${id}: ${title}`,
      ...columns.map((column) => `${column.title}: ${column.nodes.map(node).join('; ')}`),
      ...lines.map(({ from, to, labels = [], more, tone, change }) => `${from} -> ${to}${labels.length === 0 ? '' : ` ${TONE[tone]}${labels.join(', ')}`}${more === undefined ? '' : `, +${more}`}${change === undefined ? '' : ` ${change}`}`),
      ...sentences,
    ];
  }

  block(block: Block): readonly string[] {
    switch (block.block) {
      case 'text':
        return [this.words(block.words)];
      case 'note':
        return this.note(block.note);
      case 'heading':
        return [`## ${block.text}`];
      case 'facts':
        return block.facts.map(({ name, values }) => `${name} = ${this.words(values)}`);
      case 'list':
        return block.items.map((item) => `- ${this.words(item)}`);
      case 'actions':
        return this.actions(block.actions);
      case 'table':
        return this.table(block);
      case 'picture':
        return this.picture(block);
    }
  }
}

/** The whole page. */
export function told(linked: LinkedPage): readonly string[] {
  const { title, kind, notes, actions, sections } = linked.page;
  const teller = new Teller(linked);
  return [title, kind, ...notes.flatMap((note) => teller.note(note)), ...teller.actions(actions), ...sections.flatMap((section) => [`# ${section.title}`, ...section.blocks.flatMap((block) => teller.block(block))])];
}

/** One section of it by its id. */
export function toldSection(linked: LinkedPage, id: string): readonly string[] {
  const teller = new Teller(linked);
  return linked.page.sections.filter((section) => section.id === id).flatMap(({ blocks }) => blocks.flatMap((block) => teller.block(block)));
}

/** Some of its blocks. */
export function toldBlocks(blocks: readonly Block[], links: LinkedPage['links']): readonly string[] {
  const teller = new Teller({ links });
  return blocks.flatMap((block) => teller.block(block));
}
