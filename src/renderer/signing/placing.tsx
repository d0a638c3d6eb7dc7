import { type ReactNode, useState } from 'react';
import { makeStyles, Text } from '@fluentui/react-components';
import type { Holder } from '../../shared/domain/holder.ts';
import type { Box, Placement } from '../../shared/ipc/signing.ts';
import type { Fact } from '../components/facts.tsx';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { CertificatePart, MarksPart, PositionPart } from './panel.tsx';
import { Papers } from './papers.tsx';
import { type Login, PinDialog } from './pin-dialog.tsx';
import { SigningPanel } from './signing-panel.tsx';
import { texts } from './texts.ts';
import { useBoxes } from './use-boxes.ts';
import { useChoices } from './use-choices.ts';
import { useOffline } from './use-offline.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexGrow: 1, minHeight: 0 },
  paper: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
});

/** What is done with one login to the files shown. */
export interface Deed {
  readonly holder: Holder;
  /** The verb of the blue button. */
  readonly label: string;
  /** The PIN dialog: its title, the verb of its button, and what is signed as the person knows it. */
  readonly pin: { readonly title: string; readonly action: string; readonly what: Fact };
  readonly sign: (login: Login, boxes: Box[]) => Promise<void>;
}

/** Pages with the marks that will be signed into them, and beside them who signs, where, and the button. */
export function Placing({
  placements,
  deed: { holder, label, pin, sign },
  ready = true,
  empty,
  foot,
  children,
}: {
  readonly placements: readonly Placement[];
  readonly deed: Deed;
  /** False while something is missing, or asked anew. */
  readonly ready?: boolean;
  /** What stands in place of the pages when there are none. */
  readonly empty?: ReactNode;
  readonly foot: ReactNode;
  /** What else there is to choose, above the signer. */
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const boxes = useBoxes(placements);
  const [index, setIndex] = useState(0);
  const [pages, setPages] = useState(1);
  const [asking, setAsking] = useState(false);
  const certificates = useChoices(holder);
  const offline = useOffline();
  const placement = placements[index];
  const box = boxes.boxes[index];
  const { choice } = certificates;
  const files = new Set(placements.map(({ sha256 }) => sha256)).size;
  return (
    <div className={styles.root}>
      <div className={styles.paper} data-pane>
        {placement ? (
          <Papers placements={placements} boxes={boxes} index={index} onIndex={setIndex} onPages={setPages} />
        ) : (
          empty
        )}
      </div>
      <SigningPanel
        offline={offline}
        label={label}
        enabled={ready && choice?.belongs === true && placements.length > 0}
        onAct={() => setAsking(true)}
        foot={foot}
      >
        {children}
        <CertificatePart certificates={certificates} />
        <MarksPart placements={placements} index={index} onIndex={setIndex} />
        {placement && box && (
          <PositionPart
            placement={placement}
            box={box}
            boxes={boxes}
            pages={pages}
            onBox={(next) => boxes.set(index, next)}
          />
        )}
      </SigningPanel>
      {asking && (
        <PinDialog
          {...pin}
          certificates={certificates}
          offline={offline}
          sign={(login) => sign(login, [...boxes.boxes])}
          onClose={() => setAsking(false)}
        >
          {files > 1 && <Text>{words.pin.files(showNumber(files, language))}</Text>}
        </PinDialog>
      )}
    </div>
  );
}
