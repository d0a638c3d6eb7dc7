import { beforeAll, expect, it } from 'vitest';
import { issue } from '../../../../tests/pki/ca.ts';
import { readCertificate } from '../../x509/certificate.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { knownChain } from './chain.ts';

let root: Certificate;
let issuing: Certificate;
let leaf: Certificate;
beforeAll(async () => {
  const top = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']] });
  const middle = await issue(top, { profile: 'ca', subject: [['CN', 'CA Ví Dụ']] });
  const signer = await issue(middle, { profile: 'signer', subject: [['CN', 'Ai Đó']] });
  [root, issuing, leaf] = [top, middle, signer].map(({ certificate }) => readCertificate(certificate)) as [
    Certificate,
    Certificate,
    Certificate,
  ];
});

it('goes on from an authority trusted by itself to the root that is trusted as well', () => {
  const chain = knownChain(leaf, { anchors: [issuing, root], pool: [] });
  expect(chain).toMatchObject({ certificates: [leaf, issuing, root], isComplete: true });
});

it('ends there when nobody trusted is above', () => {
  for (const pool of [[], [root]])
    expect(knownChain(leaf, { anchors: [issuing], pool })).toMatchObject({
      certificates: [leaf, issuing],
      isComplete: true,
    });
});

it('ends in a self-signed certificate nobody trusts, and is not complete without an end', () => {
  expect(knownChain(leaf, { anchors: [], pool: [issuing, root] })).toMatchObject({
    certificates: [leaf, issuing, root],
    isComplete: true,
  });
  expect(knownChain(leaf, { anchors: [], pool: [issuing] })).toMatchObject({
    certificates: [leaf, issuing],
    isComplete: false,
  });
});
