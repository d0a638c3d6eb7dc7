import { Link, makeStyles, Text } from '@fluentui/react-components';
import type { OutgoingDetail } from '../../shared/ipc/outgoing.ts';
import { call } from '../desk/bridge.ts';
import { ActFailure } from '../components/act-failure.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { PdfView } from '../pdf/index.tsx';
import { go } from '../navigation/route.ts';
import { useAct, useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { useTexts } from '../texts/language.ts';
import { holderOf, type Signed, type SigningAct } from './signing-act.ts';
import { type Deed, Placing } from './placing.tsx';
import { SigningPanel } from './signing-panel.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexGrow: 1, minHeight: 0 },
  paper: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  view: { flexGrow: 1, minHeight: 0 },
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
  const words = useTexts(texts);
  const { officeName } = useSession();
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
  const deed: Deed = {
    holder: holderOf(act, detail.signer.name, officeName),
    label: words.act[act],
    pin: {
      title: words.pin.title[act],
      action: act === 'approve' ? words.pin.sign : words.pin.seal,
      what: [words.pin.document, nameOf(detail)],
    },
    sign: async (login, boxes) => {
      onSigned(await call('signing.sign', { id: detail.id, act, boxes, ...login }));
    },
  };
  return (
    <Placing
      key={files.map(({ role, sha256 }) => `${role} ${sha256}`).join()}
      placements={files}
      deed={deed}
      foot={<OpenDocument id={detail.id} />}
    />
  );
}

function OpenDocument({ id }: { readonly id: string }) {
  const words = useTexts(texts);
  return <Link onClick={() => go('outgoing', id)}>{words.openDocument}</Link>;
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
          {main && <PdfView key={main.sha256} sha256={main.sha256} name={main.name} thumbnails />}
        </div>
      </div>
      <SigningPanel
        label={words.act.number}
        enabled
        busy={number.busy}
        onAct={() => number.run()}
        foot={<OpenDocument id={detail.id} />}
      >
        <Text>{words.numberFirst}</Text>
        {number.failure && <ActFailure failure={number.failure} again={number.run} />}
      </SigningPanel>
    </div>
  );
}
