import { createPortal } from 'react-dom';
import type { Book } from '../../shared/ipc/register.ts';
import { showDay } from '../../shared/text/dates.ts';
import { useSession } from '../desk/use-session.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { columnsOf, showCell } from './columns.ts';
import './register.css';
import { texts } from './texts.ts';

/** The register as it goes on paper; seen only by the printer. */
export function Paper({ book }: { readonly book: Book }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const { officeName } = useSession();
  const columns = columnsOf(book.book, words);
  const count = showNumber(book.rows.length, language);
  return createPortal(
    <div className="register-paper">
      <p className="office">{officeName}</p>
      <h1>{words.books[book.book]}</h1>
      <p className="period">{words.period(showDay(book.from), showDay(book.to))}</p>
      <table>
        <colgroup>
          {columns.map(({ key, width }) => (
            <col key={key} style={{ width: `${width}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ key, heading }) => (
              <th key={key} scope="col">
                {heading}
              </th>
            ))}
          </tr>
          <tr className="numbers">
            {columns.map(({ key }, place) => (
              <th key={key}>{`(${place + 1})`}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {book.rows.map(({ id, cells }) => (
            <tr key={id}>
              {columns.map((column) => (
                <td key={column.key}>{showCell(column, cells)}</td>
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
