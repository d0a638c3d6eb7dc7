import { type ReactNode, useEffect, useRef, useState } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { loadLibrary } from '../pdf/open-pdf.ts';
import { useDevicePixelRatio } from '../pdf/use-pdf.ts';

const useStyles = makeStyles({
  root: { display: 'block', height: '100%', pointerEvents: 'none' },
  picture: {
    display: 'block',
    height: '100%',
    // Else it would push the lines that stand in for it out of the box.
    '&[hidden]': { display: 'none' },
    // In a field of the file it is signed as large as fits, its proportions kept.
    '& > canvas': { display: 'block', width: '100%', height: '100%', objectFit: 'contain' },
  },
});

/** A mark exactly as it will stand on the paper; `children` until it is drawn. */
export function MarkDrawing({
  drawing,
  scale,
  children,
}: {
  /** Base64 of a PDF of one page. */
  readonly drawing: string;
  /** CSS pixels a point takes. */
  readonly scale: number;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  const host = useRef<HTMLSpanElement>(null);
  const [drawn, setDrawn] = useState(false);
  const pixelsPerPoint = scale * useDevicePixelRatio();
  useEffect(() => {
    let current = true;
    const draw = async () => {
      const canvas = await drawnOn(drawing, pixelsPerPoint, () => current);
      if (!current || !canvas) return;
      host.current?.replaceChildren(canvas);
      setDrawn(true);
    };
    // What cannot be drawn here is still said by its lines.
    draw().catch(() => current && setDrawn(false));
    return () => {
      current = false;
    };
  }, [drawing, pixelsPerPoint]);
  return (
    <span className={styles.root}>
      <span ref={host} className={styles.picture} hidden={!drawn} />
      {!drawn && children}
    </span>
  );
}

/** Null when nobody waits for it any more. */
async function drawnOn(
  drawing: string,
  scale: number,
  isWanted: () => boolean,
): Promise<HTMLCanvasElement | null> {
  const pdfjs = await loadLibrary();
  if (!isWanted()) return null;
  const data = Uint8Array.from(atob(drawing), (letter) => letter.charCodeAt(0));
  const task = pdfjs.getDocument({ data, useWasm: false, verbosity: pdfjs.VerbosityLevel.ERRORS });
  // Ended only when nothing is under way any more: pdf.js tells the console of a worker that went before its work.
  try {
    const page = await (await task.promise).getPage(1);
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.ceil(viewport.width));
    canvas.height = Math.max(1, Math.ceil(viewport.height));
    // A context of our own: the library's has no transparency.
    const canvasContext = canvas.getContext('2d')!;
    await page.render({ canvas: null, canvasContext, viewport, background: 'rgba(0, 0, 0, 0)' }).promise;
    return canvas;
  } finally {
    await task.destroy();
  }
}
