import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { pdfAttachment, sampleEdoc, SENT_AT } from '../../../tests/axis/samples.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { readEdxml } from './edxml-read.ts';
import { writeEdoc } from './edxml-write.ts';

const golden = (name: string) =>
  readFileSync(new URL(`../../../tests/axis/golden/${name}.edxml`, import.meta.url), 'utf8');
const utf8 = (text: string) => new TextEncoder().encode(text);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const read = (xml: string | Uint8Array) => readEdxml(typeof xml === 'string' ? utf8(xml) : xml).message;
/** The code with which the reader refuses; anything but a DeskError fails the test. */
const codeOf = (xml: string | Uint8Array) => {
  try {
    read(xml);
  } catch (error) {
    if (error instanceof DeskError) return error.code;
    throw error;
  }
  return 'none';
};
const documentXml = golden('new-document');
const statusXml = golden('status-accepted');
const withPayload = (payload: string, name: string) =>
  documentXml.replace('JVBERi0xLjQKJSVFT0YK', payload).replaceAll('12-CV-THPTVD.pdf', name);

describe('what is no message', () => {
  it.each([
    ['nothing', '', 'axis.not-edxml'],
    ['HTML', '<html><body>502</body></html>', 'axis.not-edxml'],
    ['cut in the middle', documentXml.slice(0, 2000), 'axis.xml-broken'],
    ['crossed tags', '<edXML><a><b></a></b></edXML>', 'axis.xml-broken'],
    ['an attribute without quotes', '<edXML a=1></edXML>', 'axis.xml-broken'],
    ['an unclosed comment', '<edXML><!-- </edXML>', 'axis.xml-broken'],
    ['a DTD', documentXml.replace('?>', '?><!DOCTYPE edXML [<!ENTITY a "b">]>'), 'axis.dtd'],
    ['a DTD before the part that counts', `<!DOCTYPE x>${documentXml}`, 'axis.dtd'],
    ['a DTD inside', documentXml.replace('<edXML:From>', '<!doctype a><edXML:From>'), 'axis.dtd'],
    [
      'an entity declaration',
      documentXml.replace('<edXML:From>', '<!ENTITY a "b"><edXML:From>'),
      'axis.xml-broken',
    ],
    ['bottomless', '<edXML>'.repeat(100_000), 'axis.read-limit'],
    ['too many elements', `<edXML>${'<a/>'.repeat(400_001)}</edXML>`, 'axis.read-limit'],
    [
      'too many attributes',
      `<edXML ${Array.from({ length: 70 }, (_, i) => `a${i}=""`).join(' ')}/>`,
      'axis.read-limit',
    ],
    ['text in too many pieces', withPayload('QUJD<!---->'.repeat(10_001), 'a.txt'), 'axis.read-limit'],
    ['a name without end', `<edXML><${'a'.repeat(300)}/></edXML>`, 'axis.read-limit'],
    ['a field without end', documentXml.replace('V/v', 'V'.repeat(300_000)), 'axis.read-limit'],
    ['more bytes than any axis carries', new Uint8Array(129 * 1024 * 1024), 'axis.read-limit'],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it('an unknown entity stays text, a known one is expanded once', () => {
    const xml = documentXml.replaceAll('V/v báo cáo', '&amp;lt; &unknown; &#7879; &#0; R&D');
    expect(read(xml)).toHaveProperty('subject', expect.stringContaining('&lt; &unknown; ệ \ufffd R&D'));
  });
});

/** Deterministic (mulberry32), so that a failure can be repeated. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

describe('any bytes', () => {
  const wrapper = zipSync({ 'a.xls': utf8('1') });
  const sources = [
    documentXml,
    statusXml,
    withPayload(base64(wrapper), 'a.xls'),
    golden('update.fragment'),
  ].map(utf8);
  const tokens = [
    '<',
    '>',
    '&',
    '"',
    '</',
    '<![CDATA[',
    ']]>',
    '<!--',
    '<!DOCTYPE ',
    '<?',
    'edXML:',
    '\u0000',
    '=',
    '&#x110000;',
    '-1',
    '99999999999',
  ].map(utf8);

  it('are read or refused with a code, quickly', () => {
    const next = random(20_261_120);
    const pick = (n: number) => Math.floor(next() * n);
    let readable = 0;
    for (let round = 0; round < 4000; round += 1) {
      let bytes = Buffer.from(sources[pick(sources.length)] ?? []);
      for (let edits = 1 + pick(2); edits > 0; edits -= 1) {
        const at = pick(bytes.length);
        const span = pick(60);
        const from = pick(bytes.length);
        const insert = [
          tokens[pick(tokens.length)],
          bytes.subarray(from, from + span),
          Buffer.from([pick(256)]),
          Buffer.alloc(0),
        ][pick(4)];
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          insert ?? Buffer.alloc(0),
          bytes.subarray(at + pick(2) * span),
        ]);
      }
      if (codeOf(bytes) === 'none') readable += 1;
    }
    expect(readable).toBeGreaterThan(400);
    expect(readable).toBeLessThan(3600);
  });

  it.each([
    ['open brackets', '<'.repeat(2_000_000)],
    ['quotes', `<edXML a="${'\u0027'.repeat(2_000_000)}`],
    ['dots in a name', documentXml.replaceAll('12-CV-THPTVD.pdf', `${'.'.repeat(200_000)}x`)],
    ['references', documentXml.replaceAll('V/v', '&#7879;'.repeat(30_000))],
    ['references in base64', withPayload('&#65;'.repeat(1_000_000), 'a.pdf')],
    [
      'recipients',
      documentXml.replace(
        '<edXML:To>',
        '<edXML:To><edXML:OrganId>x</edXML:OrganId></edXML:To>'.repeat(100_000) + '<edXML:To>',
      ),
    ],
    ['comments', documentXml.replace('<edXML:To>', '<!-- -->'.repeat(500_000) + '<edXML:To>')],
  ])('many %s come to an end', (_, xml) => {
    expect(codeOf(utf8(xml))).toMatch(/^(axis\.|none$)/);
  });

  it('50 MB are read whole', () => {
    const big = Buffer.alloc(37_000_000, 'Thư số 12 ');
    big.write('%PDF-1.7\n');
    const bytes = writeEdoc(sampleEdoc({ attachments: [{ ...pdfAttachment, bytes: big }] }), {
      now: SENT_AT,
      secrecy: '',
    });
    const message = read(bytes);
    const [file] = message.kind === 'edoc' ? message.attachments : [];
    expect(Buffer.compare(file?.bytes ?? Buffer.alloc(0), big)).toBe(0);
  });
});
