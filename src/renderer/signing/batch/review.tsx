import { useState } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { FileReference } from '../../../shared/ipc/call.ts';
import type { Placement } from '../../../shared/ipc/signing.ts';
import { FileFailure } from '../../document/file-failure.tsx';
import { Waiting } from '../../components/waiting.tsx';
import type { Asked } from '../../desk/use-call.ts';
import { Papers } from '../papers.tsx';
import { type KeptBoxes, useBoxes } from '../use-boxes.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minWidth: 0 },
});

/** One of a batch as it will be signed; where its marks are moved to is kept until then. */
export function Review({
  asked: { data, failure, slow, reload },
  file,
  onTaken,
  kept,
}: {
  readonly asked: Omit<Asked<'signing.placements'>, 'answers'>;
  readonly file?: FileReference;
  readonly onTaken?: (copy: FileReference) => void;
  readonly kept: KeptBoxes;
}) {
  const styles = useStyles();
  return (
    <div className={styles.root} data-pane>
      {failure && (
        <FileFailure failure={failure} file={file} onReload={reload} {...(onTaken && { onTaken })} />
      )}
      {!data && slow && <Waiting />}
      {data && <Placed placements={data.placements} kept={kept} />}
    </div>
  );
}

function Placed({
  placements,
  kept,
}: {
  readonly placements: readonly Placement[];
  readonly kept: KeptBoxes;
}) {
  const boxes = useBoxes(placements, kept);
  const [index, setIndex] = useState(0);
  return <Papers placements={placements} boxes={boxes} index={index} onIndex={setIndex} />;
}
