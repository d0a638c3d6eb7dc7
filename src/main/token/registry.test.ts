import { readFileSync } from 'node:fs';
import { assert, property, string, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tryReadCertificate } from '../x509/certificate.ts';
import { parseExport, readRegistry } from './registry.ts';
import { readStoredCertificate } from './windows-store.ts';

const recorded = (name: string) =>
  readFileSync(new URL(`../../../tests/token/registry/${name}.reg`, import.meta.url));

const exported = (...lines: string[]) =>
  Buffer.from(`\ufeffWindows Registry Editor Version 5.00\r\n\r\n${lines.join('\r\n')}\r\n`, 'utf16le');

describe('an export of reg.exe', () => {
  it('as Wine writes it gives each provider’s image, with its Vietnamese letters', () => {
    const keys = parseExport(recorded('providers'));
    const image = (end: string) => keys.find(({ path }) => path.endsWith(end))?.values.get('image path');
    expect(image(String.raw`\Other CSP`)).toBe(String.raw`C:\Program Files\Ví Dụ CA\khác_s.dll`);
    expect(image(String.raw`\Ví Dụ CSP v1.0`)).toBe(String.raw`%SystemRoot%\system32\vidu-ca_v1_s.dll`);
    expect(keys.length).toBeGreaterThan(5);
  });

  it('keeps quotes, backslashes and names without regard to case; passes over other types', () => {
    const [key] = parseExport(
      exported(
        String.raw`[HKEY_LOCAL_MACHINE\A]`,
        '@="default"',
        String.raw`"IMAGE Path"="a\\\"b\".dll"`,
        '"Type"=dword:00000001',
        '"Many"=hex(7):61,00,00,00',
        '"Blob"=hex:00,ff,\\',
        '  10',
        '"Nothing"=hex:',
      ),
    );
    expect([...key!.values]).toEqual([
      ['image path', String.raw`a\"b".dll`],
      ['blob', Buffer.from('00ff10', 'hex')],
      ['nothing', Buffer.alloc(0)],
    ]);
  });

  it('that is none is refused', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('REGEDIT4\r\n')])
      expect(() => parseExport(bytes)).toThrow(RangeError);
  });

  it('of any content does no harm', () => {
    assert(property(string({ unit: 'binary' }), (text) => void parseExport(exported('[K]', text))));
    assert(property(uint8Array(), (bytes) => void readStoredCertificate(Buffer.from(bytes))));
  });
});

it('a certificate of the Windows store leads to whose it is and which provider has its key', () => {
  const blobs = parseExport(recorded('certificates')).flatMap(({ values }) => values.get('blob') ?? []);
  expect(blobs).toHaveLength(1);
  const stored = readStoredCertificate(blobs[0] as Buffer);
  expect(stored?.provider).toBe('Ví Dụ CSP v1.0');
  expect(tryReadCertificate(stored!.certificate)?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

it('a certificate without a key has no provider; properties without a certificate are none', () => {
  const property = (id: number, value: Buffer) => {
    const header = Buffer.alloc(12);
    header.writeUInt32LE(id, 0);
    header.writeUInt32LE(value.length, 8);
    return Buffer.concat([header, value]);
  };
  expect(readStoredCertificate(property(32, Buffer.from('der')))).toEqual({
    certificate: Uint8Array.from(Buffer.from('der')),
    provider: '',
  });
  expect(readStoredCertificate(property(3, Buffer.alloc(20)))).toBeNull();
});

it('without reg.exe fails, rather than finding nothing', async () => {
  await expect(readRegistry('/no/windows/here', 'HKLM\\SOFTWARE', 64)).rejects.toThrow(/ENOENT/);
});
