import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseInline, parseMarkdown } from './markdown.ts';

describe('parseMarkdown', () => {
  it('reads headings, paragraphs, lists and tables', () => {
    const blocks = parseMarkdown(
      '# Ký số\nMột\nđoạn.\n\n- Bấm **Ký**\n- Nhập PIN\n  trên token\n\n1. a\n2. b\n\n| Phím | Việc |\n| --- | --- |\n| `F5` | Gửi |\n',
    );
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'list', 'table']);
    expect(blocks[1]).toEqual({ kind: 'paragraph', content: [{ kind: 'text', text: 'Một đoạn.' }] });
    expect(blocks[2]).toMatchObject({
      ordered: false,
      items: [{ length: 2 }, [{ text: 'Nhập PIN trên token' }]],
    });
    expect(blocks[3]).toMatchObject({ ordered: true, items: [[{ text: 'a' }], [{ text: 'b' }]] });
    expect(blocks[4]).toMatchObject({ rows: [[[{ kind: 'code', text: 'F5' }], [{ text: 'Gửi' }]]] });
  });

  it('reads code, strong and emphasis, and leaves other text alone', () => {
    expect(parseInline('a `b` **c** _d_ e*f')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'code', text: 'b' },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'c' },
      { kind: 'text', text: ' ' },
      { kind: 'em', text: 'd' },
      { kind: 'text', text: ' e*f' },
    ]);
  });

  const folder = new URL('../../../../assets/help/', import.meta.url);
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  it.each(pages)('reads the same of %s with the ends of lines that Windows writes', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n');
    expect(parseMarkdown(text.replaceAll('\n', '\r\n'))).toEqual(parseMarkdown(text));
  });

  it.each(pages)('leaves no mark-up to be seen in %s', (name) => {
    const blocks = parseMarkdown(readFileSync(new URL(name, folder), 'utf8'));
    expect(blocks[0]).toMatchObject({ kind: 'heading', level: 1 });
    const text = JSON.stringify(blocks, (key, value: unknown) => (key === 'kind' ? undefined : value));
    expect(text).not.toMatch(/\*\*|`|"#|\| ?-{3}|\]\(/);
  });
});
