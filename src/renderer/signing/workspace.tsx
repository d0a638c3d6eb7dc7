import { useState } from 'react';
import {
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Tab,
  TabList,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { OutgoingDetail } from '../../shared/ipc/outgoing.ts';
import type { Placement } from '../../shared/ipc/signing.ts';
import { call, fileUrl } from '../bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { type PageGeometry, PdfView, type Place } from '../pdf/index.tsx';
import { go } from '../shell/navigation.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { centreAt } from './box.ts';
import { choiceKey } from './certificates.ts';
import { Guides } from './guides.tsx';
import { BlueButton, CertificatePart, PositionPart } from './panel.tsx';
import { PinDialog, type Signed, type SigningAct } from './pin-dialog.tsx';
import { SignatureBox } from './signature-box.tsx';
import { texts } from './texts.ts';
import { TokenHelp } from './token-help.tsx';
import { type Boxes, useBoxes } from './use-boxes.ts';
import { useChoices } from './use-choices.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexGrow: 1, minHeight: 0 },
  paper: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  view: { flexGrow: 1, minHeight: 0 },
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXL,
    width: '288px',
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalL,
    overflowY: 'auto',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  last: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, marginTop: 'auto' },
});

/** One document to sign: its pages with the marks, and beside them who signs, where, and the button. */
export function Workspace({
  detail,
  act,
  onSigned,
}: {
  readonly detail: OutgoingDetail;
  readonly act: SigningAct;
  readonly onSigned: (signed: Signed) => void;
}) {
  const wanted = act === 'approve' ? 'sign' : 'seal';
  const unnumbered = detail.actions.includes('number');
  const placements = useCall(
    'signing.placements',
    detail.actions.includes(wanted) ? { id: detail.id, act } : null,
    ['outgoing', 'settings'],
  );
  if (unnumbered) return <ToNumber detail={detail} />;
  if (placements.failure && !placements.data) {
    return <ErrorMessage failure={placements.failure} onRetry={placements.reload} />;
  }
  if (!placements.data) return placements.slow ? <Waiting /> : null;
  const files = placements.data.placements;
  return (
    <Placing
      key={files.map(({ sha256 }) => sha256).join()}
      detail={detail}
      act={act}
      placements={files}
      onSigned={onSigned}
    />
  );
}

function Placing({
  detail,
  act,
  placements,
  onSigned,
}: {
  readonly detail: OutgoingDetail;
  readonly act: SigningAct;
  readonly placements: readonly Placement[];
  readonly onSigned: (signed: Signed) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const boxes = useBoxes(placements);
  const [index, setIndex] = useState(0);
  const [pages, setPages] = useState(1);
  const [asking, setAsking] = useState(false);
  const certificates = useChoices(act, detail);
  const { data: exchange } = useCall('exchange.state', {}, ['exchange']);
  const placement = placements[index];
  const box = boxes.boxes[index];
  const { choice } = certificates;

  return (
    <div className={styles.root}>
      <div className={styles.paper} data-pane>
        {placements.length > 1 && (
          <FileTabs placements={placements} index={index} onIndex={setIndex} label={words.files} />
        )}
        {placement && box && (
          <Paper
            key={placement.sha256}
            placement={placement}
            boxes={boxes}
            index={index}
            onPages={setPages}
          />
        )}
      </div>
      <section className={styles.panel} aria-label={words.panel} data-pane>
        <CertificatePart
          act={act}
          signer={certificates.signer}
          choices={certificates.choices}
          choice={choice}
          onChoose={certificates.choose}
        >
          <TokenHelp act={act} asked={certificates.asked} />
        </CertificatePart>
        {placement && box && (
          <PositionPart
            placement={placement}
            box={box}
            boxes={boxes}
            pages={pages}
            onBox={(next) => boxes.set(index, next)}
          />
        )}
        <div className={styles.last}>
          {exchange?.online === false && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{words.offline}</MessageBarBody>
            </MessageBar>
          )}
          <BlueButton
            label={words.act[act]}
            enabled={choice !== undefined && placements.length > 0}
            onClick={() => setAsking(true)}
          />
          <Link onClick={() => go('outgoing', detail.id)}>{words.openDocument}</Link>
        </div>
      </section>
      {asking && choice && (
        <PinDialog
          key={choiceKey(choice)}
          id={detail.id}
          name={nameOf(detail)}
          act={act}
          choice={choice}
          boxes={boxes.boxes}
          onSigned={onSigned}
          onFailed={certificates.asked.reload}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

export const nameOf = ({ code, subject }: Pick<OutgoingDetail, 'code' | 'subject'>) =>
  code === '' ? subject : `${code} · ${subject}`;

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
  readonly onPages: (pages: number) => void;
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
        onOpen={onPages}
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

/** The leader has signed: the number comes first, then the seal (NĐ 30/2020, Điều 15). */
function ToNumber({ detail }: { readonly detail: OutgoingDetail }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const main = detail.attachments.find(({ role }) => role === 'main');
  const number = useAct(async () => {
    await call('outgoing.number', { id: detail.id });
  });
  return (
    <div className={styles.root}>
      <div className={styles.paper} data-pane>
        <div className={styles.view}>
          {main && <PdfView key={main.sha256} url={fileUrl(main.sha256)} name={main.name} thumbnails />}
        </div>
      </div>
      <section className={styles.panel} aria-label={words.panel} data-pane>
        <Text>{words.numberFirst}</Text>
        {number.failure && <ErrorMessage failure={number.failure} />}
        <div className={styles.last}>
          <BlueButton label={words.act.number} enabled busy={number.busy} onClick={() => number.run()} />
          <Link onClick={() => go('outgoing', detail.id)}>{words.openDocument}</Link>
        </div>
      </section>
    </div>
  );
}
