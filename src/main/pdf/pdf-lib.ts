/**
 * The one door to pdf-lib, which draws appearances and reports here and has no maintainer any more: whoever replaces it
 * finds in this list all that it is asked for. Files that are received or signed never pass through it.
 */
export { grayscale, PDFDocument, rgb } from 'pdf-lib';
export type { Color, PDFFont, PDFPage } from 'pdf-lib';
