import { DeskError } from '../../shared/errors/index.ts';

const MAX_ROW_CHARS = 65_536;
const MAX_HEAD_CHARS = 65_536;

/**
 * The objects in the array `data` of a JSON reply, one by one as they arrive; what stands around the array comes last
 * as `envelope`. A directory of 120,000 agencies never stands in memory as a whole.
 * Throws SyntaxError when the reply is not such JSON, `axis.read-limit` for an endless row.
 */
export async function* jsonRows(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ row: unknown } | { envelope: unknown }> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let outside = '';
  let inside = false;
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    if (!inside && outside === '') {
      const start = /"data"\s*:\s*\[/.exec(rest);
      if (start) {
        inside = true;
        outside = rest.slice(0, start.index + start[0].length);
        rest = rest.slice(outside.length);
      } else if (rest.length > MAX_HEAD_CHARS) throw limit(MAX_HEAD_CHARS);
    }
    while (inside) {
      rest = rest.replace(/^[\s,]+/, '');
      if (rest.startsWith(']')) {
        inside = false;
        break;
      }
      const end = rest === '' ? -1 : objectEnd(rest);
      if (end < 0) {
        if (rest.length > MAX_ROW_CHARS) throw limit(MAX_ROW_CHARS);
        break;
      }
      yield { row: JSON.parse(rest.slice(0, end)) };
      rest = rest.slice(end);
    }
    if (!inside && outside !== '' && rest.length > MAX_HEAD_CHARS) throw limit(MAX_HEAD_CHARS);
  }
  yield { envelope: JSON.parse(outside + rest + decoder.decode()) };
}

/** Index behind the object at the start of `text`, -1 when it is not yet complete. */
function objectEnd(text: string): number {
  if (!text.startsWith('{')) throw new SyntaxError('a row is not an object');
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i];
    if (quoted) {
      if (letter === '\\') i += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '{') depth += 1;
    else if (letter === '}') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}

function limit(max: number): DeskError {
  return new DeskError('axis.read-limit', { what: 'JSON', max });
}
