import { createPortal } from 'react-dom';
import type { Book } from '../../shared/ipc/register.ts';
import { showDay } from '../../shared/text/dates.ts';
import { useSession } from '../desk/use-session.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { headings, widths } from './columns.ts';
import './register.css';
import { texts } from './texts.ts';

/** The register as it goes on paper; seen only by the printer. */
export function Paper({ book }: { readonly book: Book }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const { officeName } = useSession();
  const count = showNumber(book.rows.length, language);
  return createPortal(
    <div className="register-paper">
      <p className="office">{officeName}</p>
      <h1>{words.books[book.book]}</h1>
      <p className="period">{words.period(showDay(book.from), showDay(book.to))}</p>
      <table>
        <colgroup>
          {headings(book.book, words).map((heading, column) => (
            <col key={heading} style={{ width: `${widths[book.book][column]}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {headings(book.book, words).map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
          <tr className="numbers">
            {headings(book.book, words).map((heading, column) => (
              <th key={heading}>{`(${column + 1})`}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {book.rows.map(({ id, cells }) => (
            <tr key={id}>
              {cells.map((cell, column) => (
                // oxlint-disable-next-line react/no-array-index-key -- ten fixed columns
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="closing">
        <p>{words.closing(count, showDay(book.from), showDay(book.to))}</p>
        <div className="signatures">
          <span>{words.clerk}</span>
          <span>{words.head}</span>
        </div>
      </div>
    </div>,
    document.body,
  );
}
