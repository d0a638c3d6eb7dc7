import { useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import type { IncomingDetail } from '../../shared/ipc/incoming.ts';
import type { PreviewLayers } from '../document/preview.tsx';
import { useSession } from '../desk/use-session.ts';
import { StampDrawing, type StampWords } from './stamp-drawing.tsx';
import { heightMm, type PagePoint, widthMm } from './stamp-geometry.ts';
import { ArrivalStamp } from './stamp.tsx';

/**
 * The ĐẾN stamp over the preview of a registered document and over its print: on the first page, where it covers
 * nothing unless somebody puts it elsewhere. When the number has just been given the stamp is brought into view.
 */
export function useStamp(document: IncomingDetail): PreviewLayers {
  const { officeName } = useSession();
  const [registeredBefore] = useState(document.arrivalNumber !== null);
  const [place, setPlace] = useState<PagePoint>();
  const [inView, setInView] = useState<PreviewLayers['place']>();
  const { arrivalNumber, arrivalDate } = document;
  if (arrivalNumber === null || arrivalDate === null) return {};
  const words = { office: officeName, arrivalNumber, arrivalDate, forwardedTo: document.mainHandler ?? '' };
  return {
    overlay: (page) =>
      page.number === 1 && (
        <ArrivalStamp
          page={page}
          words={words}
          place={place}
          onMove={setPlace}
          onFound={(found) => {
            setPlace(found);
            if (!registeredBefore) setInView({ page: 1, fraction: found.yPt / page.heightPt });
          }}
        />
      ),
    place: inView,
    printed: place && <PrintedStamp words={words} place={place} />,
  };
}

/** Joins the sheets of the PDF view while they are printed: a sheet is the page at its true size, without a margin. */
function PrintedStamp({ words, place }: { readonly words: StampWords; readonly place: PagePoint }) {
  const [sheets, setSheets] = useState<Element | null>(null);
  useEffect(() => {
    const before = () => flushSync(() => setSheets(window.document.querySelector('.pdf-print')));
    const after = () => setSheets(null);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return (
    sheets &&
    createPortal(
      <div
        style={{
          position: 'absolute',
          left: `${place.xPt}pt`,
          top: `${place.yPt}pt`,
          width: `${widthMm}mm`,
          height: `${heightMm}mm`,
        }}
      >
        <StampDrawing words={words} />
      </div>,
      sheets,
    )
  );
}
