import { useState } from 'react';
import { Link, makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import type { OutgoingDetail } from '../../shared/ipc/outgoing.ts';
import type { Placement } from '../../shared/ipc/signing.ts';
import { call, fileUrl } from '../bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { PdfView } from '../pdf/index.tsx';
import { go } from '../shell/navigation.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { useSession } from '../shell/use-session.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { choiceKey } from './certificates.ts';
import { BlueButton, CertificatePart, PositionPart } from './panel.tsx';
import type { Signed, SigningAct } from './acts.ts';
import { Papers } from './papers.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { texts } from './texts.ts';
import { TokenHelp } from './token-help.tsx';
import { useBoxes } from './use-boxes.ts';
import { useChoices } from './use-choices.ts';
import { useOffline } from './use-offline.ts';

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
  const language = useLanguage();
  const boxes = useBoxes(placements);
  const [index, setIndex] = useState(0);
  const [pages, setPages] = useState(1);
  const [asking, setAsking] = useState(false);
  const { officeName } = useSession();
  const certificates = useChoices(act, act === 'approve' ? detail.signer.name : officeName);
  const offline = useOffline();
  const placement = placements[index];
  const box = boxes.boxes[index];
  const { choice } = certificates;

  return (
    <div className={styles.root}>
      <div className={styles.paper} data-pane>
        <Papers placements={placements} boxes={boxes} index={index} onIndex={setIndex} onPages={setPages} />
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
          {offline && (
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
          title={words.pin.title[act]}
          action={act === 'approve' ? words.pin.sign : words.pin.seal}
          what={[words.pin.document, nameOf(detail)]}
          choice={choice}
          offline={offline}
          sign={async (login) => {
            onSigned(await call('signing.sign', { id: detail.id, act, boxes: [...boxes.boxes], ...login }));
          }}
          onFailed={certificates.asked.reload}
          onClose={() => setAsking(false)}
        >
          {placements.length > 1 && <Text>{words.pin.files(showNumber(placements.length, language))}</Text>}
        </PinDialog>
      )}
    </div>
  );
}

export const nameOf = ({ code, subject }: Pick<OutgoingDetail, 'code' | 'subject'>) =>
  code === '' ? subject : `${code} · ${subject}`;

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
