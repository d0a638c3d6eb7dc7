import { makeStyles } from '@fluentui/react-components';
import { showDay } from '../../shared/text/dates.ts';
import { useTexts } from '../texts/language.ts';
import { fitHeading, heightMm, rowMm, widthMm, wordCellMm } from './stamp-geometry.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  drawing: { display: 'block', width: '100%', height: '100%' },
});

/** Red as on paper, in every theme: the page below stays white too. */
const ink = '#c00000';
const frameMm = 0.35;

export interface StampWords {
  readonly office: string;
  readonly arrivalNumber: number;
  /** Day of arrival. */
  readonly arrivalDate: string;
  /** Main handler, once named. */
  readonly forwardedTo: string;
}

const rowMiddle = (row: number) => rowMm * row + rowMm / 2;

/** Rows of NĐ 30/2020, Phụ lục IV, V; drawn in millimetres. */
export function StampDrawing({ words }: { readonly words: StampWords }) {
  const styles = useStyles();
  const { stamp } = useTexts(texts);
  const heading = fitHeading(words.office);
  return (
    <svg
      className={styles.drawing}
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      fontFamily="'Times New Roman', Tinos, 'Liberation Serif', 'Noto Serif', serif"
      fontSize={3.6}
      fill={ink}
      aria-hidden
    >
      <rect
        x={frameMm / 2}
        y={frameMm / 2}
        width={widthMm - frameMm}
        height={heightMm - frameMm}
        fill="white"
        fillOpacity={0.9}
        stroke={ink}
        strokeWidth={frameMm}
      />
      <path
        d={`M0 ${rowMm}H${widthMm}M${wordCellMm} ${rowMm}V${rowMm * 3}M${wordCellMm} ${rowMm * 2}H${widthMm}M0 ${rowMm * 3}H${widthMm}M0 ${rowMm * 4}H${widthMm}`}
        stroke={ink}
        strokeWidth={frameMm / 2}
      />
      <g fontWeight="bold" fontSize={heading.fontSizeMm} textAnchor="middle" dominantBaseline="central">
        {heading.lines.map((line, index) => (
          <text
            key={line}
            x={widthMm / 2}
            y={rowMm / 2 + (index - (heading.lines.length - 1) / 2) * heading.fontSizeMm * 1.1}
          >
            {line}
          </text>
        ))}
      </g>
      <g dominantBaseline="central">
        <text x={wordCellMm / 2} y={rowMm * 2} fontSize={4.9} fontWeight="bold" textAnchor="middle">
          {stamp.arrived}
        </text>
        <Line x={wordCellMm + 2} y={rowMiddle(1)} name={stamp.number} value={String(words.arrivalNumber)} />
        <Line x={wordCellMm + 2} y={rowMiddle(2)} name={stamp.date} value={showDay(words.arrivalDate)} />
        <Line x={2} y={rowMiddle(3)} name={stamp.forward} value={words.forwardedTo} />
        <Line x={2} y={rowMiddle(4)} name={stamp.file} value="" />
      </g>
    </svg>
  );
}

function Line({
  x,
  y,
  name,
  value,
}: {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly value: string;
}) {
  return (
    <text x={x} y={y}>
      {name}
      <tspan fontWeight="bold" dx={1.2}>
        {value}
      </tspan>
    </text>
  );
}
