import { useState } from 'react';
import { makeStyles, Tab, TabList } from '@fluentui/react-components';
import type { Box, Placement } from '../../shared/ipc/signing.ts';
import { type PageGeometry, PdfView, type Place } from '../pdf/index.tsx';
import { useTexts } from '../texts/language.ts';
import { centreAt, coversRecipients, isFixed } from './box.ts';
import { Guides } from './guides.tsx';
import { RecipientsCaution } from './recipients-caution.tsx';
import { SignatureBox } from './signature-box.tsx';
import { texts } from './texts.ts';
import type { Boxes } from './use-boxes.ts';

const useStyles = makeStyles({ view: { flexGrow: 1, minHeight: 0 } });

interface PapersProps {
  readonly placements: readonly Placement[];
  readonly boxes: Boxes;
  /** Of the mark in hand; its file is shown. */
  readonly index: number;
  readonly onIndex: (index: number) => void;
  /** Told how many pages the file shown has. */
  readonly onPages?: ((pages: number) => void) | undefined;
}

/** The files of a document to be signed, one at a time, each with its marks. */
export function Papers({ placements, boxes, index, onIndex, onPages }: PapersProps) {
  const words = useTexts(texts);
  const placement = placements[index];
  if (!placement) return null;
  const files = placements.filter(
    ({ sha256 }, n) => placements.findIndex((other) => other.sha256 === sha256) === n,
  );
  return (
    <>
      {files.length > 1 && (
        <FileTabs
          files={files}
          shown={placement.sha256}
          onFile={(sha256) => onIndex(placements.findIndex((one) => one.sha256 === sha256))}
          label={words.files}
        />
      )}
      <Paper
        key={placement.sha256}
        placements={placements}
        boxes={boxes}
        index={index}
        onIndex={onIndex}
        onPages={onPages}
      />
    </>
  );
}

function FileTabs({
  files,
  shown,
  label,
  onFile,
}: {
  readonly files: readonly Placement[];
  readonly shown: string;
  readonly label: string;
  readonly onFile: (sha256: string) => void;
}) {
  return (
    <TabList
      size="small"
      aria-label={label}
      selectedValue={shown}
      onTabSelect={(_, { value }) => onFile(String(value))}
    >
      {files.map(({ sha256, name }) => (
        <Tab key={sha256} value={sha256}>
          {name}
        </Tab>
      ))}
    </TabList>
  );
}

/** The pages of one file with its marks; a double-click puts the one in hand there. */
function Paper({ placements, boxes, index, onIndex, onPages }: PapersProps) {
  const styles = useStyles();
  const placement = placements[index]!;
  const place = usePlace(boxes.boxes[index]!, placement);
  const { recipients, sha256 } = placement;
  const hidden = boxes.boxes.some(
    (box, n) => placements[n]?.sha256 === sha256 && coversRecipients(box, recipients),
  );
  const overlay = (page: PageGeometry) => (
    <>
      {placement.rule.page === page.number && <Guides placement={placement} page={page} />}
      {placements.map(
        (mark, n) =>
          mark.sha256 === placement.sha256 &&
          boxes.boxes[n]?.page === page.number && (
            <SignatureBox
              // No two marks are proposed for one place.
              key={`${mark.role} ${mark.rule.x}`}
              placement={mark}
              box={boxes.boxes[n]}
              page={page}
              onChoose={() => onIndex(n)}
              onBegin={boxes.begin}
              onMove={(next) => boxes.set(n, next)}
            />
          ),
      )}
      {hidden && recipients && <RecipientsCaution lines={recipients.lines} page={page} />}
    </>
  );
  return (
    <div className={styles.view}>
      <PdfView
        sha256={placement.sha256}
        name={placement.name}
        overlay={overlay}
        thumbnails
        place={place}
        {...(onPages && { onOpen: onPages })}
        onDoubleClick={(page, x, y) => {
          if (isFixed(placement)) return;
          boxes.begin();
          boxes.set(index, centreAt(boxes.boxes[index]!, page.number, x, y, page));
        }}
      />
    </div>
  );
}

/** The mark in hand is brought into view: when the document opens, and when another or another page is chosen. */
function usePlace(box: Box, placement: Placement): Place {
  const here = placeOf(box);
  const [shown, setShown] = useState<{ readonly place: Place; readonly placement: Placement }>(() => ({
    place: here,
    placement,
  }));
  if (shown.place.page === box.page && shown.placement === placement) return shown.place;
  setShown({ place: here, placement });
  return here;
}

/** A page of A4 height is near enough to bring the box into the middle of the view. */
const a4HeightPt = 841.89;

export const placeOf = ({ page, y, height }: Box): Place => ({
  page,
  fraction: Math.min(1, (y + height / 2) / a4HeightPt),
});
