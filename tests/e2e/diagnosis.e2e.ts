import { appendFile, copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { texts } from '../../src/renderer/settings/texts.ts';
import { bitList } from '../../src/main/asn1/der-write.ts';
import { oids } from '../../src/main/asn1/oids.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import { type ErrorCode, errorTexts } from '../../src/shared/errors/index.ts';
import { localDay, showDay } from '../../src/shared/text/dates.ts';
import { diagnosisTexts } from '../../src/shared/sentences/token.ts';
import { PRINCIPAL } from '../demo/sample.ts';
import { issue } from '../pki/ca.ts';
import { machines, makePe } from '../token/make-pe.ts';
import { type Desk, expect } from './desk.ts';
import { PIN, tokens, tokenTest } from './screens/tokens.ts';

const DAY = 86_400_000;
const languages = ['vi', 'en'] as const;
type Language = (typeof languages)[number];
type Code = ErrorCode | keyof typeof diagnosisTexts;
const sentences: Readonly<Record<Code, Readonly<Record<Language, string>>>> = {
  ...errorTexts,
  ...diagnosisTexts,
};

/** Everything a diagnosis says without scrolling. */
const long = { width: 1366, height: 1800 };
const sizes = [
  [1920, 1080],
  [1366, 768],
] as const;

/** The longest piece of a sentence without a place to fill. */
const pieceOf = (code: Code, language: Language): string =>
  sentences[code][language]
    .split(/\{\w+\}/)
    .reduce((a, b) => (b.length > a.length ? b : a))
    .trim();

async function speak({ page }: Desk, language: Language): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem('language', chosen), language);
  await page.reload();
  const { tokens: name } = texts[language].sections;
  await page.getByRole('tab', { name, exact: true }).click();
}

/** Diagnoses the driver at `path`, expects these among its answers, wherever they stand, and keeps a picture of them. */
async function diagnose(desk: Desk, path: string, language: Language, codes: readonly Code[], name: string) {
  const { page } = desk;
  const words = texts[language].tokens;
  const found = page.getByRole('region', { name: words.diagnosisOf(path) });
  // The desk may notice the change by itself meanwhile: what was found before that is taken away, and asked again.
  await expect(async () => {
    await page.getByRole('button', { name: `${words.diagnose}: ${path}` }).click();
    // A driver that hangs is given up after twenty seconds.
    await expect(found).toBeVisible({ timeout: 40_000 });
    for (const code of codes)
      await expect(found.getByText(pieceOf(code, language)).first(), code).toBeVisible({ timeout: 1000 });
    await found.screenshot({ path: `test-results/screens/diagnosis-${name}-${language}.png`, timeout: 5000 });
  }, name).toPass({ timeout: 90_000 });
}

tokenTest('every certificate a token may hold is judged in words', async ({ desk, token, pki }) => {
  tokenTest.setTimeout(300_000);
  const signer = { profile: 'signer', subject: [['CN', PRINCIPAL.name]] } as const;
  const [early, encryption, ending] = await Promise.all([
    issue(pki.issuing, { ...signer, notBefore: Date.now() + 400 * DAY, notAfter: Date.now() + 900 * DAY }),
    issue(pki.issuing, { ...signer, extensions: { [oids.keyUsage]: bitList(2) } }),
    issue(pki.issuing, { ...signer, notAfter: Date.now() + 40 * DAY }),
  ]);
  const others = {
    'Đã hết hạn': [pki.expired],
    'Chưa hiệu lực': [early],
    'Để mã hóa': [encryption],
    'Sắp hết hạn': [ending],
    'Của người khác': [pki.otherPerson],
    Trống: [],
  };
  for (const [label, identities] of Object.entries(others))
    await token.addToken({ label, pin: PIN, identities });
  await desk.page.setViewportSize(long);
  await tokens.open(desk);
  await tokens.addDriver(desk, token.module);
  for (const language of languages) {
    await speak(desk, language);
    const codes = [
      'diagnosis.file',
      'diagnosis.machine',
      'diagnosis.exports',
      'diagnosis.accepted',
      'diagnosis.loadable',
      'diagnosis.slots',
      'diagnosis.token',
      'diagnosis.certificate',
      'diagnosis.holder',
      'diagnosis.expiry',
      'diagnosis.pin',
      'token.issuer-unknown',
      'token.certificate-expired',
      'token.certificate-not-yet-valid',
      'token.certificate-cannot-sign',
      'token.expires-soon',
      'token.holder-unknown',
      'token.no-certificate',
    ] as const;
    await diagnose(desk, token.module, language, codes, 'certificates');
    const from = showDay(localDay(readCertificate(early.certificate).notBefore));
    await expect(desk.page.getByText(texts[language].tokens.early(PRINCIPAL.name, from))).toBeVisible();
    for (const [width, height] of sizes) {
      await desk.page.setViewportSize({ width, height });
      await desk.look(`diagnosis-certificates-${language}-${width}`);
    }
    await desk.page.setViewportSize(long);
  }
});

/** What is wrong with a token or its driver, and what the diagnosis says then. */
const faults: readonly (readonly [name: string, code: Code, ...faults: string[]])[] = [
  ['crash', 'token.module-crashed', 'C_Initialize=crash'],
  ['hang', 'token.module-hung', 'C_GetSlotList=hang'],
  ['refused', 'token.module-not-loadable', 'C_GetFunctionList=0x5'],
  ['failed', 'token.function-failed', 'C_Initialize=0x6'],
  ['device', 'token.device-error', 'C_Initialize=0x30'],
  ['no-reader', 'token.no-reader', 'no-reader'],
  ['no-slot', 'token.no-slot', 'removed'],
  ['blank', 'token.not-initialised', 'uninitialised'],
  ['hidden', 'token.no-certificate', 'hide-certificates'],
  ['hidden-hang', 'token.hangs-before-login', 'hang-before-login'],
  ['pin-pad', 'diagnosis.pin-pad', 'protected-path'],
];
const pins = ['diagnosis.pin', 'token.pin-count-low', 'token.final-try', 'token.pin-locked'] as const;

tokenTest('every fault of a token and its driver is told in words', async ({ desk, token, office }) => {
  tokenTest.setTimeout(600_000);
  const driver = join(office.dataDir, 'trinh-dieu-khien.so');
  await copyFile(token.module, driver);
  await tokens.open(desk);
  await tokens.addDriver(desk, driver);
  await expect(desk.page.getByRole('button', { name: `Chẩn đoán: ${driver}` })).toBeVisible();
  for (const language of languages) {
    await speak(desk, language);
    for (const [name, code, ...lines] of faults) {
      await token.faults(...lines);
      await diagnose(desk, driver, language, [code], name);
    }
    await token.faults('pin-counter');
    for (const [wrong, code] of pins.entries()) {
      await token.wrongPins(wrong);
      await diagnose(desk, driver, language, [code], `pin-${wrong}`);
    }
    await token.faults();
  }

  const { ia32, arm64, x64 } = machines;
  const files: readonly (readonly [name: string, code: ErrorCode, make: () => Promise<void>])[] = [
    ['changed', 'token.module-changed', () => appendFile(driver, 'x')],
    ['32bit', 'token.module-32bit', () => put(ia32, 'C_GetFunctionList')],
    ['other-machine', 'token.module-other-machine', () => put(arm64, 'C_GetFunctionList')],
    ['other-library', 'token.module-not-pkcs11', () => put(x64, 'DllMain')],
    ['missing', 'token.module-file-missing', () => rm(driver)],
  ];
  const put = (machine: number, name: string) => writeFile(driver, makePe({ machine, exports: [name] }));
  for (const [name, code, make] of files) {
    await make();
    for (const language of languages) {
      await speak(desk, language);
      await diagnose(desk, driver, language, [code], `file-${name}`);
    }
  }
});
