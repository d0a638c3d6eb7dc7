/**
 * Two opinions of what later revisions painted over signed pages: the measure of what is painted (`covers.ts`) and the
 * pages as drawn by another program, as signed and as they stand now (`ink.ts`). What both find hidden is hidden; what
 * only one of them does, or what cannot be drawn, is not proven harmless.
 */
import { DeskError } from '../../../shared/errors/index.ts';
import type { Drawings } from '../../pdf/draw.ts';
import { prefixSource } from '../../pdf/source.ts';
import type { ByteSource } from '../../pdf/source.ts';
import { openText } from '../../pdf/text.ts';
import type { PageText, TextRun } from '../../pdf/text.ts';
import type { Revision } from '../../pdf/revisions.ts';
import { annotationsOn, hiddenOn, isBlankRun } from './covers.ts';
import type { Cover, Versions } from './covers.ts';
import { isEmpty, overlapOf } from './geometry.ts';
import type { Area } from './geometry.ts';
import { lostInk } from './ink.ts';
import type { FoundChange } from './step.ts';

/** Pages that are drawn; painting on more of them is not proven harmless. */
const MAX_PAGES = 50;
/** Processor time of this thread for all drawing of one file. */
const MAX_MS = 20_000;

export interface SignedFile {
  readonly source: ByteSource;
  /** The first signed revision. */
  readonly signed: Revision;
  readonly versions: Versions;
  readonly password: string | undefined;
}

/** On each page painted on, the first thing that is hidden or may be. */
export async function hiddenBelow(covers: readonly Cover[], file: SignedFile): Promise<FoundChange[]> {
  const { source, signed, password } = file;
  const text = await openText(prefixSource(source, signed.end), password === undefined ? {} : { password });
  const drawn = await pagePairs(file);
  try {
    const found: FoundChange[] = [];
    for (const [page, painted] of Map.groupBy(covers, (cover) => cover.page)) {
      const words = page < text.pageCount ? await text.page(page) : null;
      const measured = hiddenOn(page, painted, words, file.versions);
      const lost = await drawn.lostOn(page, words, painted);
      const [first] = painted;
      if (!first || (!measured && lost === 'nothing')) continue;
      const { field, revision } = measured?.cover ?? first;
      const named = measured?.text ?? (typeof lost === 'string' ? '' : textIn(lost, words));
      const params = { field, page: page + 1, text: named.slice(0, 100) };
      const areAgreed = measured !== null && typeof lost !== 'string';
      if (areAgreed) found.push({ kind: 'text-covered', revision, field, params });
      else found.push({ kind: 'cover-unproven', revision, params });
    }
    return found;
  } finally {
    await drawn.close();
    await text.close();
  }
}

interface PagePairs {
  /** The area of the first lost ink; `unknown` where the page cannot be drawn. */
  lostOn(
    page: number,
    words: PageText | null,
    covers: readonly Cover[],
  ): Promise<Area | 'nothing' | 'unknown'>;
  close(): Promise<void>;
}

async function pagePairs({ source, signed, versions, password }: SignedFile): Promise<PagePairs> {
  const opened: Drawings[] = [];
  try {
    // Loaded when there is something to draw: it is a library of 30 MB.
    const { openDrawings } = await import('../../pdf/draw.ts');
    for (const version of [prefixSource(source, signed.end), source])
      opened.push(await openDrawings(version, password));
  } catch (error) {
    if (!(error instanceof DeskError) && !isMissingLibrary(error)) throw error;
  }
  const [before, after] = opened;
  const begun = process.threadCpuUsage();
  const isOver = (): boolean => {
    const { user, system } = process.threadCpuUsage(begun);
    return user + system > MAX_MS * 1000;
  };
  let pages = 0;
  return {
    async lostOn(page, words, covers) {
      if (!before || !after || ++pages > MAX_PAGES) return 'unknown';
      const old = await before.draw(page, isOver);
      const now = old && (await after.draw(page, isOver));
      if (!old || !now) return 'unknown';
      const repainted = new Set(covers.map(({ field }) => field));
      const things = annotationsOn(page, new Map([...versions].slice(0, 1)));
      return (
        lostInk(old, now, {
          // What a field showed itself is compared with its value.
          blanks: [
            ...(words?.runs ?? []).filter(isBlankRun).map(boxOf),
            ...things.filter(({ field }) => field !== null && repainted.has(field)).map(({ area }) => area),
          ],
          marks: things.filter(({ isMark }) => isMark).map(({ area }) => area),
        }) ?? 'nothing'
      );
    },
    async close() {
      for (const one of opened) await one.close();
    },
  };
}

/** On a system that the library of the canvas is not made for nothing can be drawn. */
const isMissingLibrary = (error: unknown): boolean =>
  error instanceof Error &&
  /native binding|MODULE_NOT_FOUND|ERR_DLOPEN/i.test(`${String(error)} ${codeOf(error)}`);

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

const boxOf = ({ x, y, width, height }: TextRun): Area => [x, y, x + width, y + height];

/** The words that stand in an area; empty where there are none. */
function textIn(area: Area, words: PageText | null): string {
  const run = (words?.runs ?? []).find((one) => !isEmpty(overlapOf(boxOf(one), area)));
  return run?.text ?? '';
}
