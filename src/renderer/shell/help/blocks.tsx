// oxlint-disable react/no-array-index-key -- the blocks of a help page never change their order
import type { Block, Inline } from './markdown.ts';

/** A help page as elements. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return blocks.map((block, index) => <BlockView key={index} block={block} />);
}

function BlockView({ block }: { readonly block: Block }) {
  if (block.kind === 'table') return <Table block={block} />;
  if (block.kind === 'list') {
    const List = block.ordered ? 'ol' : 'ul';
    return (
      <List>
        {block.items.map((item, index) => (
          <li key={index}>
            <Words content={item} />
          </li>
        ))}
      </List>
    );
  }
  const Text = block.kind === 'paragraph' ? 'p' : block.level === 1 ? 'h1' : 'h2';
  return (
    <Text>
      <Words content={block.content} />
    </Text>
  );
}

function Table({ block }: { readonly block: Extract<Block, { kind: 'table' }> }) {
  return (
    <table>
      <thead>
        <tr>
          {block.head.map((cell, index) => (
            <th key={index} scope="col">
              <Words content={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>
                <Words content={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const tags = { text: 'span', code: 'code', strong: 'strong', em: 'em' } as const;

function Words({ content }: { readonly content: readonly Inline[] }) {
  return content.map(({ kind, text }, index) => {
    const Tag = tags[kind];
    return <Tag key={index}>{text}</Tag>;
  });
}
