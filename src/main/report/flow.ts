import { grayscale, type PDFDocument, type PDFFont, type PDFPage, rgb } from '../pdf/pdf-lib.ts';
import type { Light } from '../../shared/domain/verification.ts';
import { newDrawing } from '../pdf/appearance.ts';
import { tinos } from '../pdf/font.ts';
import { mmToPt } from '../pdf/geometry.ts';

/** Text that runs down A4 pages, line by line, and breaks where a page is full. */
export interface Flow {
  heading(text: string): void;
  paragraph(text: string, style?: { readonly bold?: boolean; readonly indent?: number }): void;
  /** A name in bold, its value beside it. */
  fact(name: string, value: string): void;
  /** A lamp and what it says. */
  lamp(light: Light, name: string, text: string): void;
  rule(): void;
  gap(points: number): void;
  /** Numbers the pages and gives the file. @param footer stands at the left of every page's foot */
  finish(footer: string, at: number): Promise<Uint8Array>;
}

const page = {
  width: mmToPt(210),
  height: mmToPt(297),
  left: mmToPt(25),
  right: mmToPt(20),
  edge: mmToPt(20),
};
const size = 11;
const leading = 15;
const lampColor: Readonly<Record<Light, ReturnType<typeof rgb>>> = {
  good: rgb(0.06, 0.49, 0.06),
  caution: rgb(0.79, 0.5, 0),
  unknown: rgb(0.45, 0.45, 0.45),
  bad: rgb(0.77, 0.19, 0.12),
};

export async function startFlow(): Promise<Flow> {
  const pdf = await newDrawing();
  const regular = await pdf.embedFont(tinos(), { subset: true });
  const bold = await pdf.embedFont(tinos('bold'), { subset: true });
  let sheet = addPage(pdf);
  let y = page.height - page.edge;
  const room = page.width - page.left - page.right;

  const down = (height: number) => {
    if (y - height < page.edge + leading) {
      sheet = addPage(pdf);
      y = page.height - page.edge;
    }
    y -= height;
  };
  const write = (text: string, font: PDFFont, indent: number, fontSize = size) => {
    for (const line of wrapped(printable(text), font, fontSize, room - indent)) {
      down(fontSize + leading - size);
      sheet.drawText(line, { x: page.left + indent, y, size: fontSize, font });
    }
  };
  return {
    heading: (text) => {
      down(6);
      write(text, bold, 0, 14);
      down(4);
    },
    paragraph: (text, { bold: isBold = false, indent = 0 } = {}) =>
      write(text, isBold ? bold : regular, indent),
    fact(name, value) {
      const indent = mmToPt(52);
      const before = { sheet, y };
      write(value === '' ? '–' : value, regular, indent);
      const at = before.sheet === sheet ? before.y - leading : page.height - page.edge - leading;
      (before.sheet === sheet || before.y - leading < page.edge + leading ? sheet : before.sheet).drawText(
        printable(name),
        { x: page.left, y: at, size, font: bold },
      );
    },
    lamp(light, name, text) {
      down(leading);
      sheet.drawCircle({ x: page.left + 5, y: y + 4, size: 4.5, color: lampColor[light] });
      sheet.drawText(printable(name), { x: page.left + 16, y, size, font: bold });
      write(text, regular, 16);
    },
    rule() {
      down(8);
      sheet.drawLine({
        start: { x: page.left, y },
        end: { x: page.width - page.right, y },
        thickness: 0.5,
        color: grayscale(0.6),
      });
    },
    gap: down,
    finish(footer, at) {
      const pages = pdf.getPages();
      for (const [n, each] of pages.entries()) {
        const number = `${n + 1}/${pages.length}`;
        const style = { y: mmToPt(12), size: 9, font: regular, color: grayscale(0.35) };
        each.drawText(printable(footer), { ...style, x: page.left });
        each.drawText(number, {
          ...style,
          x: page.width - page.right - regular.widthOfTextAtSize(number, 9),
        });
      }
      pdf.setCreationDate(new Date(at));
      pdf.setModificationDate(new Date(at));
      return pdf.save();
    },
  };
}

const addPage = (pdf: PDFDocument): PDFPage => pdf.addPage([page.width, page.height]);

/** Names out of foreign files: nothing that moves the pen or has no shape. */
const printable = (text: string): string => text.normalize('NFC').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');

/** Lines no wider than `width`; what has no space to break at, like a hash, is broken where it must. */
function wrapped(text: string, font: PDFFont, fontSize: number, width: number): string[] {
  const fits = (line: string) => font.widthOfTextAtSize(line, fontSize) <= width;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const letter of word) {
      if (!fits(line + letter)) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return [...lines, line];
}
