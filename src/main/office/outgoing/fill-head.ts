import { writeNumber } from '../../../shared/domain/notation.ts';
import type { IsoDay } from '../../../shared/text/dates.ts';
import { fillTextFields } from '../../paper/fields.ts';
import { splitHead } from '../../paper/head-parts.ts';
import type { StoredFile } from '../../store/files.ts';
import type { Records } from '../../store/index.ts';
import type { AttachmentRow } from '../../store/queries/documents.ts';
import { withPdf } from '../common/pages.ts';

/**
 * Number and date written into those of the fields that the file has and nobody has locked; what has none is put on it
 * when it is sealed, as signatures of the agency.
 */
export function fillHead(
  store: Records,
  main: AttachmentRow,
  sequence: number,
  day: IsoDay,
): Promise<StoredFile> {
  return withPdf(store, main.file, async ({ document, text }) => {
    const shown = { number: writeNumber(sequence), date: day };
    const { values } = splitHead(document, await text.page(0), shown);
    if (Object.keys(values).length === 0) return { sha256: main.file, size: main.size };
    return store.files.grow(main.file, await fillTextFields(document, values));
  });
}
