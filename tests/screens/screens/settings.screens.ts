import { texts } from '../../../src/renderer/settings/texts.ts';
import { texts as signingTexts } from '../../../src/renderer/signing/texts.ts';
import type { CallName } from '../../../src/shared/ipc/index.ts';
import type { Page } from '@playwright/test';
import { sealPng } from '../../fixtures/pdf/images.ts';
import * as records from '../records.ts';
import {
  type Act,
  button,
  chooseFile,
  dialogTitle,
  heading,
  press,
  pressInDialog,
  screenTests,
  typePin,
  type Words,
} from '../screen-tests.ts';
import { type Doubles, problem } from '../test-desk.ts';

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
      role: n === 0 ? ('principal' as const) : ('teacher' as const),
      name: 'Công Tằng Tôn Nữ Thị Hoàng Phương Khánh',
      title: records.longName.slice(0, 100),
      unit: records.longName.slice(0, 100),
    })),
    modules: [{ path: `C:\\Program Files (x86)\\${records.longFileName}.dll`, sha256: '4'.repeat(64) }],
    pkcs12: [{ sha256: '5'.repeat(64), name: records.longFileName }],
    roots: records.settings().roots.map((root) => ({ ...root, subject: `CN=${records.longName}` })),
  }),
};

const fill = (words: Words, typed: string) => (page: Page) => page.getByLabel(words('vi')).fill(typed);

/** What is typed and saved in a section, where something is. */
const saved: Partial<Record<keyof typeof texts.vi.sections, Act>> = {
  office: {
    call: 'settings.save-office',
    fill: fill((language) => texts[language].office.place, 'Ví Dụ Hai'),
    run: press((language) => texts[language].save),
  },
  axis: {
    call: 'settings.save-axis',
    fill: fill((language) => texts[language].axis.systemId, 'H99.05.022'),
    run: press((language) => texts[language].save),
  },
  tokens: {
    call: 'settings.add-module',
    fill: fill((language) => texts[language].tokens.path, 'C:\\Windows\\System32\\eps2003csp11.dll'),
    run: press((language) => texts[language].add),
  },
  services: {
    call: 'settings.save-services',
    fill: fill((language) => texts[language].services.tsaUrl, 'http://tsa.example.gov.vn'),
    run: press((language) => texts[language].save),
  },
  roots: {
    call: 'settings.add-roots',
    run: chooseFile((language) => texts[language].roots.add, 'ca.cer'),
  },
  integrity: {
    call: 'integrity.check',
    run: press((language) => texts[language].integrity.check),
  },
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
    ready: heading((language) => texts[language].sections[section]),
    ...(section !== 'language' && section !== 'integrity' && { long }),
    ...(saved[section] && { act: saved[section] }),
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
  open: (page) => page.getByRole('button', { name: texts.vi.integrity.check }).click(),
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
  empty: {
    doubles: { 'signing.tokens': { tokens: [], problems: [] } },
    says: (language) => texts[language].tokens.none,
  },
});

screenTests('settings of a teacher', {
  at: '#/settings/office',
  doubles: { ...desk, 'session.state': records.session(records.TEACHER) },
  ready: (page, language) => page.getByText(texts[language].readOnly),
});

screenTests('dialog person', {
  at: '#/settings/people',
  doubles: desk,
  open: press((language) => texts[language].people.add),
  ready: dialogTitle((language) => texts[language].people.add),
  act: {
    call: 'settings.save-person',
    fill: fill((language) => texts[language].people.name, 'Trần Thị Mới'),
    run: pressInDialog((language) => texts[language].save),
  },
});

screenTests('settings signer kinds', {
  at: '#/settings/roots',
  doubles: desk,
  ready: heading((language) => texts[language].roots.signerKinds),
  act: { call: 'settings.save-signer-kind', run: press((language) => texts[language].roots.turn.agency) },
});

screenTests('settings image', {
  at: '#/settings/images',
  doubles: desk,
  ready: heading((language) => texts[language].sections.images),
  act: {
    call: 'settings.save-image',
    run: (page, language = 'vi') => {
      const name = texts[language].images.uploadFor(texts[language].images.seal);
      return page
        .locator(`input[aria-label="${name}"]`)
        .setInputFiles({ name: 'dau.png', mimeType: 'image/png', buffer: Buffer.from(sealPng()) });
    },
  },
});

for (const [name, call, words] of [
  ['axis tested', 'settings.test-axis', (language) => texts[language].axis.test],
  ['drivers looked for', 'settings.detect-modules', (language) => texts[language].tokens.detect],
  ['records made again', 'integrity.rebuild', (language) => texts[language].integrity.rebuild],
] as const satisfies readonly (readonly [string, CallName, Words])[])
  screenTests(`settings ${name}`, {
    at: `#/settings/${{ 'settings.test-axis': 'axis', 'settings.detect-modules': 'tokens', 'integrity.rebuild': 'integrity' }[call]}`,
    doubles: desk,
    ready: button(words),
    act: { call, run: press(words) },
  });

const driver = records.settings().modules[0]!.path;
screenTests('settings driver diagnosed', {
  at: '#/settings/tokens',
  doubles: desk,
  ready: heading((language) => texts[language].tokens.modules),
  act: {
    call: 'settings.diagnose-module',
    run: press((language) => `${texts[language].tokens.diagnose}: ${driver}`),
  },
});

/** What is taken away is asked about first: where, whose button opens the question, and what the desk is asked. */
for (const [name, section, of, call] of [
  ['driver', 'tokens', driver, 'settings.remove-module'],
  ['key file', 'tokens', records.settings().pkcs12[0]!.name, 'settings.remove-pkcs12'],
  ['root', 'roots', 'CN=Trường thử', 'settings.remove-root'],
] as const)
  screenTests(`dialog remove ${name}`, {
    at: `#/settings/${section}`,
    doubles: desk,
    open: press((language) =>
      section === 'roots' ? texts[language].roots.removeOf(of) : `${texts[language].remove}: ${of}`,
    ),
    ready: (page) => page.getByRole('alertdialog'),
    act: { call, run: pressInDialog((language) => texts[language].remove) },
  });

screenTests('dialog accept driver', {
  at: '#/settings/tokens',
  doubles: {
    'signing.tokens': {
      tokens: [],
      problems: [{ path: driver, ...problem('token.module-changed', { module: driver }) }],
    },
  },
  open: press((language) => texts[language].tokens.acceptAgain),
  ready: dialogTitle((language) => texts[language].tokens.acceptAgain),
  act: {
    call: 'settings.add-module',
    run: pressInDialog((language) => texts[language].tokens.acceptAgain),
  },
});

screenTests('dialog add key file', {
  at: '#/settings/tokens',
  doubles: desk,
  open: chooseFile((language) => texts[language].tokens.addFile, 'con-dau.p12'),
  ready: dialogTitle((language) => texts[language].tokens.addFile),
  act: {
    call: 'settings.add-pkcs12',
    fill: typePin,
    secret: true,
    run: pressInDialog((language) => texts[language].tokens.addThis),
  },
});

screenTests('dialog learn certificates', {
  at: '#/settings/tokens',
  doubles: {
    'signing.tokens': {
      tokens: [records.token(records.PRINCIPAL.name, { hidesCertificates: true, certificates: [] })],
      problems: [],
    },
  },
  open: press((language) => signingTexts[language].learn.of(records.token('').label)),
  ready: dialogTitle((language) => signingTexts[language].learn.title),
  act: {
    call: 'signing.learn',
    refusal: ['token.wrong-pin', {}],
    fill: typePin,
    secret: true,
    run: pressInDialog((language) => signingTexts[language].learn.action),
  },
});
