import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../../src/shared/errors/index.ts';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import { writeEdoc } from '../../src/main/axis/edxml-write.ts';
import { openCache } from '../../src/main/store/cache.ts';
import { readPe } from '../../src/main/token/pe.ts';
import { pdfAttachment, sampleEdoc, SENT_AT } from '../axis/samples.ts';
import { machines, makePe } from '../token/make-pe.ts';
import { ratio, type Row } from './measure.ts';

const ROUNDS = 5;
const PARTS = 5;

const message = readFileSync(new URL('../axis/golden/new-document.edxml', import.meta.url), 'utf8');
const withPayload = (payload: string) => message.replace('JVBERi0xLjQKJSVFT0YK', payload);
const beforeRecipient = (text: string) => message.replace('<edXML:To>', `${text}<edXML:To>`);

const replaced = (times: number) =>
  Array.from(
    { length: times },
    (_, n) =>
      `<edXML:ReplacementInfo><edXML:DocumentId>x</edXML:DocumentId><edXML:OrganIdList><edXML:OrganId>${n}</edXML:OrganId></edXML:OrganIdList></edXML:ReplacementInfo>`,
  ).join('');

/** What somebody may send to keep the reader at work, by how often it is repeated. */
const many: Readonly<Record<string, { readonly times: number; readonly xml: (times: number) => string }>> = {
  'open brackets': { times: 2_000_000, xml: (times) => '<'.repeat(times) },
  quotes: { times: 2_000_000, xml: (times) => `<edXML a="${"'".repeat(times)}` },
  'dots in a name': {
    times: 200_000,
    xml: (times) => message.replaceAll('12-CV-THPTVD.pdf', `${'.'.repeat(times)}x`),
  },
  references: { times: 30_000, xml: (times) => message.replaceAll('V/v', '&#7879;'.repeat(times)) },
  'references in base64': { times: 1_000_000, xml: (times) => withPayload('&#65;'.repeat(times)) },
  recipients: {
    times: 100_000,
    xml: (times) => beforeRecipient('<edXML:To><edXML:OrganId>x</edXML:OrganId></edXML:To>'.repeat(times)),
  },
  'agencies replaced for': {
    times: 20_000,
    xml: (times) =>
      message.replace(
        '</edXML:BussinessDocReason>',
        `</edXML:BussinessDocReason><edXML:ReplacementInfoList>${replaced(times)}</edXML:ReplacementInfoList>`,
      ),
  },
  comments: { times: 500_000, xml: (times) => beforeRecipient('<!-- -->'.repeat(times)) },
};

function readOrRefuse(bytes: Uint8Array): void {
  try {
    readEdxml(bytes);
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
  }
}

/** Linear in their number is 1×, in its square 5×. */
function manyRow(what: string): Promise<Row> {
  const { times, xml } = many[what]!;
  const [whole, part] = [times, times / PARTS].map((count) => Buffer.from(xml(count)));
  return ratio(
    {
      what: `read or refuse a message of ${times.toLocaleString('en')} ${what}`,
      against: `one of a fifth of them, ${PARTS} times`,
      most: 3,
    },
    ROUNDS,
    {
      ours: () => readOrRefuse(whole!),
      least: () => {
        for (let n = 0; n < PARTS; n++) readOrRefuse(part!);
      },
    },
  );
}

function bigMessage(): Promise<Row> {
  const big = Buffer.alloc(37_000_000, 'Thư số 12 ');
  big.write('%PDF-1.7\n');
  const edoc = sampleEdoc({ attachments: [{ ...pdfAttachment, bytes: big }] });
  const bytes = writeEdoc(edoc, { now: SENT_AT, secrecy: '' });
  const encoded = big.toString('base64');
  return ratio(
    {
      what: 'read a message of 50 MB, every letter of its base64 looked at',
      against: 'its base64 decoded by node:buffer',
      most: 25,
    },
    ROUNDS,
    { ours: () => readEdxml(bytes), least: () => Buffer.from(encoded, 'base64') },
  );
}

const AGENCIES = 120_000;

async function directory(folder: string, name: string, count: number) {
  const dir = join(folder, name);
  mkdirSync(dir);
  const cache = openCache(dir);
  const agencies = Array.from({ length: count }, (_, n) => ({
    code: `H98.${n}`,
    oldCode: null,
    name: `Trường Tiểu học mẫu ${n}`,
  }));
  await cache.setAgencies(agencies);
  return cache;
}

/** Typing must not wait longer for a whole country than for a province. */
async function agencySearch(folder: string): Promise<Row> {
  const country = await directory(folder, 'country', AGENCIES);
  const province = await directory(folder, 'province', AGENCIES / 60);
  const type = (cache: typeof country) => () => {
    for (const text of ['t', 'tr', 'tieu hoc mau 69', 'H98.119']) cache.findAgencies(text, 20);
  };
  const row = await ratio(
    {
      what: `find agencies among ${AGENCIES.toLocaleString('en')} while a name or code is typed`,
      against: 'among a sixtieth of them',
      most: 40,
    },
    ROUNDS,
    { ours: type(country), least: type(province) },
  );
  country.close();
  province.close();
  return row;
}

/** Small files are read many times, or the clock shows nothing. */
const REPEATED = 200;

function liar(): Promise<Row> {
  const honest = makePe({ machine: machines.x64, exports: ['a'] });
  const lying = Buffer.from(honest);
  lying.writeUInt32LE(0xffff_ffff, 0x418);
  const repeatedly = (file: Buffer) => () => {
    for (let n = 0; n < REPEATED; n++) readPe(file);
  };
  return ratio(
    {
      what: 'look into a driver file that claims four billion names',
      against: 'the same file that claims the one it has',
      most: 50,
    },
    ROUNDS,
    { ours: repeatedly(lying), least: repeatedly(honest) },
  );
}

/** What others send, read: never more work than its length. */
export async function hostileRows(folder: string): Promise<Row[]> {
  const rows = [await bigMessage()];
  for (const what of Object.keys(many)) rows.push(await manyRow(what));
  return [...rows, await agencySearch(folder), await liar()];
}
