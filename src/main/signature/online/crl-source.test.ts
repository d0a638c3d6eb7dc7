import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { extension, issue, issueCrl, name, subjectOf } from '../../../../tests/pki/ca.ts';
import type { CrlSpec, Identity } from '../../../../tests/pki/ca.ts';
import { readCrl } from '../../x509/crl.ts';
import {
  bitList,
  boolean,
  context,
  contextOctets,
  integer,
  oid,
  retag,
  sequence,
} from '../../asn1/der-write.ts';
import { contextPrimitive } from '../../asn1/der.ts';
import { oids } from '../../asn1/oids.ts';
import { knownStatus } from '../levels/proof.ts';
import { pathRevocation } from '../../x509/path-build.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { openCache } from './cache.ts';
import { httpClient } from './http.ts';
import { fetchRevocation } from './revocation.ts';
import type { OnlineServices } from './service.ts';

let server: Server;
let base: string;
const served = new Map<string, Uint8Array>();
const asked: string[] = [];
let root: Identity;
let issuing: Identity;
/** Keeps lists for others and issues nothing. */
let keeper: Identity;
let stranger: Identity;
beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const content = served.get(url);
    response.writeHead(content ? 200 : 404).end(content);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  root = await issue(null, { profile: 'root', subject: [['CN', 'Gốc Ví Dụ']], keyType: 'p-256' });
  issuing = await issue(root, { profile: 'ca', subject: [['CN', 'CA Ví Dụ']], keyType: 'p-256' });
  const keeping = {
    profile: 'signer',
    subject: [['CN', 'Danh sách Ví Dụ']],
    keyType: 'p-256',
    extensions: { [oids.keyUsage]: bitList(6) },
  } as const;
  keeper = await issue(root, keeping);
  // Of the same name, and nobody the root knows.
  stranger = await issue(await issue(null, { profile: 'root', subject: [['CN', 'Lạ']] }), keeping);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crl-'));
  served.clear();
  asked.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const online = (): OnlineServices => ({
  http: httpClient({ trustedHosts: ['127.0.0.1'], maxRedirects: 3 }),
  cache: openCache(join(folder, 'cache')),
  now: Date.now,
});
const uri = (path: string): Uint8Array => contextOctets(6, Buffer.from(`${base}${path}`, 'latin1'));
const fullName = (path: string): Uint8Array => context(0, context(0, uri(path)));
const keeperName = (): Uint8Array => context(4, subjectOf(keeper.certificate));
/** A point whose list the keeper keeps (4.2.1.13), and where that is. */
const keptPoint = (path: string): Uint8Array => sequence(sequence(fullName(path), context(2, keeperName())));
const ownPoint = (path: string): Uint8Array => sequence(sequence(fullName(path)));

const person = (extensions: Record<string, Uint8Array>): Promise<Identity> =>
  issue(issuing, { profile: 'signer', subject: [['CN', 'Nguyễn Thị Ví Dụ']], keyType: 'p-256', extensions });
const serialOf = ({ certificate }: Identity): Uint8Array => readCertificate(certificate).serial;

/** issuingDistributionPoint { distributionPoint, indirectCRL TRUE } (5.2.5). */
const indirect = (path: string): Uint8Array =>
  extension(
    oids.issuingDistributionPoint,
    sequence(fullName(path), retag(contextPrimitive(4), boolean(true))),
    true,
  );
const access = (path: string): Uint8Array =>
  extension(oids.authorityInfoAccess, sequence(sequence(oid(oids.accessIssuers), uri(path))), false);
const indirectList = (signer: Identity, spec: CrlSpec = {}, more: readonly Uint8Array[] = []): Uint8Array =>
  issueCrl(signer, { ...spec, extensions: [indirect('/kept.crl'), ...more] });

const ask = (who: Identity, pool: readonly Identity[] = []) =>
  fetchRevocation(
    {
      certificate: readCertificate(who.certificate),
      issuer: readCertificate(issuing.certificate),
      anchors: [readCertificate(root.certificate)],
      pool: pool.map(({ certificate }) => readCertificate(certificate)),
    },
    online(),
  );

describe('an indirect list (RFC 5280, 5.2.5 and 6.3.3)', () => {
  const at = Math.floor(Date.now() / 1000) * 1000 - 60_000;
  const revoked = (who: Identity) => ({ serial: serialOf(who), at, issuer: subjectOf(issuing.certificate) });
  const points = () => ({ [oids.crlDistributionPoints]: keptPoint('/kept.crl') });

  it('is fetched and believed when its keeper has a path to the same anchor', async () => {
    const [good, gone] = [await person(points()), await person(points())];
    served.set('/kept.crl', indirectList(keeper, { revoked: [revoked(gone)] }));
    const { evidence } = await ask(good, [keeper]);
    expect(evidence).toMatchObject({ type: 'CRL', result: 'good', url: `${base}/kept.crl`, delta: null });
    expect(evidence?.responder?.fingerprint).toBe(readCertificate(keeper.certificate).fingerprint);
    expect((await ask(gone, [keeper])).evidence).toMatchObject({ result: 'revoked', revokedAt: at });
    // What was fetched tells the same when it is judged offline.
    const path = [readCertificate(gone.certificate), readCertificate(issuing.certificate)];
    const judged = pathRevocation(
      { path, anchor: readCertificate(root.certificate) },
      {
        crls: [readCrl(evidence!.der), readCrl(issueCrl(root))],
        pool: [readCertificate(keeper.certificate)],
        at: Date.now(),
        now: Date.now(),
      },
    );
    expect(judged).toMatchObject([{ status: 'revoked', at }, { status: 'good' }]);
  });

  it('is known from the store of a file that holds its keeper too', async () => {
    const [good, gone] = [await person(points()), await person(points())];
    const read = ({ certificate }: Identity) => readCertificate(certificate);
    const above = [read(issuing), read(root)];
    const list = indirectList(keeper, { revoked: [revoked(gone)] });
    const known = (who: Identity, der: Uint8Array, ...pool: Identity[]) =>
      knownStatus(read(who), above, { ocsps: [], crls: [readCrl(der)], pool: pool.map(read) }, Date.now());
    expect(known(good, list, keeper)).toEqual({
      type: 'CRL',
      der: list,
      revokedAt: null,
      responder: read(keeper),
    });
    expect(known(gone, list, keeper)?.revokedAt).toBe(at);
    expect(known(good, list)).toBeNull();
    expect(known(good, indirectList(stranger), stranger)).toBeNull();
    expect(known(await person({}), issueCrl(issuing))?.responder).toBeNull();
  });

  it('names where its keeper is to be had', async () => {
    const good = await person(points());
    served.set('/keeper.cer', keeper.certificate);
    served.set('/kept.crl', indirectList(keeper, {}, [access('/keeper.cer')]));
    expect((await ask(good)).evidence?.result).toBe('good');
    expect(asked).toEqual(['/kept.crl', '/keeper.cer']);
  });

  it('speaks of another issuer’s certificate with the same number only', async () => {
    const good = await person(points());
    const other = { serial: serialOf(good), at, issuer: name([['CN', 'CA khác']]) };
    served.set('/kept.crl', indirectList(keeper, { revoked: [other] }));
    expect((await ask(good, [keeper])).evidence?.result).toBe('good');
  });

  it.each<[string, () => Uint8Array, string]>([
    ['of one whom the anchor does not know', () => indirectList(stranger), 'signature'],
    [
      'of one who is nowhere to be had',
      () => indirectList(keeper, {}, [access('/nowhere.cer')]),
      'signature',
    ],
    ['that does not say it is indirect', () => issueCrl(keeper), 'other-certificates'],
    [
      'of another point',
      () => issueCrl(keeper, { extensions: [indirect('/other.crl')] }),
      'other-certificates',
    ],
    ['that has expired', () => indirectList(keeper, { nextUpdate: Date.now() - 3_600_000 }), 'not-current'],
  ])('is refused %s', async (_, list, detail) => {
    const good = await person(points());
    served.set('/kept.crl', list());
    const { evidence, failures } = await ask(good, detail === 'signature' ? [stranger] : [keeper]);
    expect(evidence).toBeNull();
    expect(failures.at(-1)).toMatchObject({ error: { code: 'signature.crl-unusable', params: { detail } } });
  });
});

describe('a delta list (RFC 5280, 5.2.4 and 5.2.6)', () => {
  const at = Math.floor(Date.now() / 1000) * 1000 - 60_000;
  const builtOn = (number: number): Uint8Array => extension(oids.deltaCrlIndicator, integer(number), true);
  const freshest = (path: string): Uint8Array => sequence(sequence(fullName(path)));
  const delta = (spec: CrlSpec = {}): Uint8Array =>
    issueCrl(issuing, { number: 2, ...spec, extensions: [builtOn(1)] });
  const fresh = () =>
    person({
      [oids.crlDistributionPoints]: ownPoint('/base.crl'),
      [oids.freshestCrl]: freshest('/delta.crl'),
    });

  it('tells what has happened since its base, and both are evidence', async () => {
    const who = await fresh();
    served.set('/base.crl', issueCrl(issuing));
    served.set('/delta.crl', delta({ revoked: [{ serial: serialOf(who), at, reason: 1 }] }));
    const { evidence } = await ask(who);
    expect(evidence).toMatchObject({ result: 'revoked', revokedAt: at, reason: 1, url: `${base}/base.crl` });
    expect(evidence?.delta?.url).toBe(`${base}/delta.crl`);
    expect(readCrl(evidence!.delta!.der).deltaBase).toBe(1n);
  });

  it('takes back what its base held', async () => {
    const who = await fresh();
    served.set('/base.crl', issueCrl(issuing, { revoked: [{ serial: serialOf(who), at, reason: 6 }] }));
    served.set('/delta.crl', delta({ revoked: [{ serial: serialOf(who), at, reason: 8 }] }));
    expect((await ask(who)).evidence?.result).toBe('good');
  });

  it('is named by the list too', async () => {
    const who = await person({ [oids.crlDistributionPoints]: ownPoint('/base.crl') });
    const named = extension(oids.freshestCrl, freshest('/delta.crl'), false);
    served.set('/base.crl', issueCrl(issuing, { extensions: [named] }));
    served.set('/delta.crl', delta({ revoked: [{ serial: serialOf(who), at }] }));
    expect((await ask(who)).evidence?.result).toBe('revoked');
  });

  it.each<[string, () => Uint8Array | undefined, string]>([
    ['cannot be had', () => undefined, 'signature.service-refused'],
    [
      'continues another base',
      () => issueCrl(issuing, { number: 9, extensions: [builtOn(8)] }),
      'signature.crl-unusable',
    ],
    ['is no delta list', () => issueCrl(issuing, { number: 2 }), 'signature.crl-unusable'],
    [
      'is signed by somebody else',
      () => issueCrl(root, { number: 2, extensions: [builtOn(1)] }),
      'signature.crl-unusable',
    ],
    ['has expired', () => delta({ nextUpdate: Date.now() - 3_600_000 }), 'signature.crl-unusable'],
    ['is no list', () => Buffer.from('?'), 'signature.crl-unusable'],
  ])('that %s leaves its base standing, and is told', async (_, list, code) => {
    const who = await fresh();
    served.set('/base.crl', issueCrl(issuing));
    const found = list();
    if (found) served.set('/delta.crl', found);
    const { evidence, failures } = await ask(who);
    expect(evidence).toMatchObject({ result: 'good', delta: null });
    expect(failures).toMatchObject([{ url: `${base}/delta.crl`, error: { code } }]);
  });

  it('is kept until its own nextUpdate, the base until its', async () => {
    const who = await fresh();
    served.set('/base.crl', issueCrl(issuing));
    served.set('/delta.crl', delta({ nextUpdate: Date.now() + 3_600_000 }));
    await ask(who);
    await ask(who);
    expect(asked).toEqual(['/base.crl', '/delta.crl']);
    const later = { ...online(), now: () => Date.now() + 2 * 3_600_000 };
    const certificate = readCertificate(who.certificate);
    const issuer = readCertificate(issuing.certificate);
    served.set('/delta.crl', delta({ number: 3, nextUpdate: Date.now() + 9 * 3_600_000 }));
    await fetchRevocation({ certificate, issuer, anchors: [issuer], pool: [] }, later);
    expect(asked).toEqual(['/base.crl', '/delta.crl', '/delta.crl']);
  });
});
