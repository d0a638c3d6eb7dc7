/** Shadow documents (Mainka et al. 2021): what was signed hides what will be shown. */
import { LETTER, append, bodyOf, offsetOf, writePdf } from './pdf-text.ts';
import { FORGED, OVERLAY, PAGE_WITH_OVERLAY, WHITE, list, page, sign, signed, under } from './signed.ts';

export const shadow = list([
  {
    name: 'hide: an overlay the signer saw is freed',
    exposedBy: 'annotation',
    make: async (pki) =>
      append(await signed(pki, { ...LETTER, 3: PAGE_WITH_OVERLAY, 7: OVERLAY, 8: WHITE }), {}, { free: [7] }),
  },
  {
    name: 'hide: an overlay is made invisible',
    exposedBy: 'annotation',
    make: async (pki) =>
      append(await signed(pki, { ...LETTER, 3: PAGE_WITH_OVERLAY, 7: OVERLAY, 8: WHITE }), {
        7: OVERLAY.replace('/F 4', '/F 2'),
      }),
  },
  {
    name: 'replace: another font under the same name',
    exposedBy: 'page-content',
    make: async (pki) =>
      append(await signed(pki), { 5: '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>' }),
  },
  {
    name: 'replace: resources exchanged',
    exposedBy: 'page-content',
    make: async (pki) =>
      append(await signed(pki), {
        6: '<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Symbol >> >> >>',
      }),
  },
  {
    name: 'hide and replace: a second page waits inside the signed revision',
    exposedBy: 'structure',
    make: async (pki) => {
      const file = await signed(pki, { ...LETTER, 9: FORGED });
      return append(file, {}, { offsets: { 4: offsetOf(file, 9) } });
    },
  },
  {
    name: 'hide and replace: a hidden copy with the right number',
    exposedBy: 'structure',
    make: async (pki) => {
      const hidden = writePdf(LETTER).length;
      const base = append(writePdf(LETTER), {}, { extra: `4 0 obj\n${FORGED}\nendobj\n` });
      const file = await sign(base, pki.principal);
      return append(file, {}, { offsets: { 4: hidden } });
    },
  },
  {
    name: 'hide and replace: the catalog points to other pages',
    exposedBy: 'structure',
    make: async (pki) => {
      const shadowPages = {
        9: '<< /Type /Pages /Kids [10 0 R] /Count 1 >>',
        10: LETTER[3]!.replace('4 0 R', '11 0 R').replace('2 0 R', '9 0 R'),
        11: FORGED,
      };
      const file = await signed(pki, { ...LETTER, ...shadowPages });
      return append(file, { 1: bodyOf(file, 1).replace('/Pages 2 0 R', '/Pages 9 0 R') });
    },
  },
  {
    name: 'replace: an object that was only referred to comes to life',
    exposedBy: 'annotation',
    make: async (pki) =>
      append(await signed(pki, { ...LETTER, 3: page('/Annots [70 0 R]') }), {
        70: OVERLAY.replace('8 0 R', '90 0 R'),
        90: WHITE,
      }),
  },
]).map(under('shadow, '));
