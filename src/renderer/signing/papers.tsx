import { useState } from 'react';
import { makeStyles, Tab, TabList } from '@fluentui/react-components';
import type { Placement } from '../../shared/ipc/signing.ts';
import { fileUrl } from '../bridge.ts';
import { type PageGeometry, PdfView, type Place } from '../pdf/index.tsx';
import { useTexts } from '../texts/language.ts';
import { centreAt } from './box.ts';
import { Guides } from './guides.tsx';
import { SignatureBox } from './signature-box.tsx';
import { texts } from './texts.ts';
import type { Boxes } from './use-boxes.ts';

const useStyles = makeStyles({ view: { flexGrow: 1, minHeight: 0 } });

/** The files of a document to be signed, one at a time, each with its mark. */
export function Papers({
  placements,
  boxes,
  index,
  onIndex,
  onPages,
}: {
  readonly placements: readonly Placement[];
  readonly boxes: Boxes;
  /** Of the file shown. */
  readonly index: number;
  readonly onIndex: (index: number) => void;
  /** Told how many pages the file shown has. */
  readonly onPages?: (pages: number) => void;
}) {
  const words = useTexts(texts);
  const placement = placements[index];
  return (
    <>
      {placements.length > 1 && (
        <FileTabs placements={placements} index={index} onIndex={onIndex} label={words.files} />
      )}
      {placement && (
        <Paper key={placement.sha256} placement={placement} boxes={boxes} index={index} onPages={onPages} />
      )}
    </>
  );
}

function FileTabs({
  placements,
  index,
  label,
  onIndex,
}: {
  readonly placements: readonly Placement[];
  readonly index: number;
  readonly label: string;
  readonly onIndex: (index: number) => void;
}) {
  return (
    <TabList
      size="small"
      aria-label={label}
      selectedValue={index}
      onTabSelect={(_, { value }) => onIndex(Number(value))}
    >
      {placements.map(({ sha256, name }, number) => (
        <Tab key={`${sha256} ${name}`} value={number}>
          {name}
        </Tab>
      ))}
    </TabList>
  );
}

/** The pages of one file with its mark; a double-click puts the mark there. */
function Paper({
  placement,
  boxes,
  index,
  onPages,
}: {
  readonly placement: Placement;
  readonly boxes: Boxes;
  readonly index: number;
  readonly onPages: ((pages: number) => void) | undefined;
}) {
  const styles = useStyles();
  const box = boxes.boxes[index]!;
  const place = usePlace(box.page, placement);
  const overlay = (page: PageGeometry) => (
    <>
      {placement.rule.page === page.number && <Guides placement={placement} page={page} />}
      {box.page === page.number && (
        <SignatureBox
          placement={placement}
          box={box}
          page={page}
          onBegin={boxes.begin}
          onMove={(next) => boxes.set(index, next)}
        />
      )}
    </>
  );
  return (
    <div className={styles.view}>
      <PdfView
        url={fileUrl(placement.sha256)}
        name={placement.name}
        overlay={overlay}
        thumbnails
        place={place}
        {...(onPages && { onOpen: onPages })}
        onDoubleClick={(page, x, y) => {
          boxes.begin();
          boxes.set(index, centreAt(box, page.number, x, y, page));
        }}
      />
    </div>
  );
}

/** The box is brought into view when the document opens and when the box goes to another page. */
function usePlace(page: number, placement: Placement): Place {
  const [place, setPlace] = useState<Place>(() => ({ page, fraction: middleOf(placement) }));
  if (place.page === page) return place;
  const next = { page, fraction: middleOf(placement) };
  setPlace(next);
  return next;
}

/** A page of A4 height is near enough to bring the box into the middle of the view. */
const a4HeightPt = 841.89;
const middleOf = ({ box }: Placement) => Math.min(1, (box.y + box.height / 2) / a4HeightPt);
