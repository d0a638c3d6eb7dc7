import { texts } from '../../../src/renderer/settings/texts.ts';
import * as records from '../records.ts';
import { screenTests } from '../test.ts';
import type { Doubles } from '../test-desk.ts';

const desk: Doubles = {
  'signing.tokens': { tokens: [records.token(records.PRINCIPAL.name)], problems: [] },
};

const long: Doubles = {
  'settings.get': records.settings({
    office: {
      ...records.SCHOOL,
      name: records.longName,
      superior: records.longName,
      address: records.longName,
    },
    people: Array.from({ length: 20 }, (_, n) => ({
      ...records.TEACHER,
      id: `p${n}`,
      name: 'Công Tằng Tôn Nữ Thị Hoàng Phương Khánh',
      title: records.longName.slice(0, 100),
      unit: records.longName.slice(0, 100),
    })),
    modules: [{ path: `C:\\Program Files (x86)\\${records.longFileName}.dll`, sha256: '4'.repeat(64) }],
    pkcs12: [{ sha256: '5'.repeat(64), name: records.longFileName }],
    roots: records.settings().roots.map((root) => ({ ...root, subject: `CN=${records.longName}` })),
  }),
};

for (const section of [
  'office',
  'people',
  'axis',
  'tokens',
  'services',
  'roots',
  'images',
  'language',
  'integrity',
] as const)
  screenTests(`settings ${section}`, {
    at: `#/settings/${section}`,
    doubles: desk,
    ready: (page, language) =>
      page.getByRole('heading', { level: 2, name: texts[language].sections[section] }),
    ...(section !== 'language' && section !== 'integrity' && { long }),
  });

screenTests('settings integrity checked', {
  at: '#/settings/integrity',
  doubles: {
    ...desk,
    'integrity.check': {
      journalEntries: 12_408,
      brokenAt: null,
      purged: [
        { seq: 1_204, by: '', at: records.NOW },
        { seq: 1_206, by: '', at: records.NOW },
      ],
      files: 3_120,
      missing: [],
      damaged: [],
      checkedAt: records.NOW,
    },
  },
  open: (page, language) => page.getByRole('button', { name: texts[language].integrity.check }).click(),
  ready: (page) => page.getByRole('alert'),
});

screenTests('settings', {
  at: '#/settings',
  doubles: desk,
  main: 'settings.get',
  ready: (page, language) => page.getByRole('heading', { level: 2, name: texts[language].sections.office }),
});

screenTests('settings tokens asked', {
  at: '#/settings/tokens',
  doubles: desk,
  main: 'signing.tokens',
  refusal: ['token.module-crashed', { module: 'bit4xpki.dll' }],
  ready: (page, language) => page.getByText(texts[language].tokens.seen),
  empty: { doubles: { 'signing.tokens': { tokens: [], problems: [] } }, says: texts.vi.tokens.none },
});

screenTests('settings of a teacher', {
  at: '#/settings/office',
  doubles: { ...desk, 'session.state': records.session(records.TEACHER) },
  ready: (page, language) => page.getByText(texts[language].readOnly),
});

screenTests('dialog person', {
  at: '#/settings/people',
  doubles: desk,
  open: (page, language) => page.getByRole('button', { name: texts[language].people.add }).click(),
  ready: (page, language) => page.getByRole('dialog', { name: texts[language].people.add }),
});
