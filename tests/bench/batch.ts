import { createSoftHsmToken } from '../pki/softhsm.ts';
import { createFaultyToken } from '../token/faulty-token.ts';
import { makeSamples, type Desk } from '../desk/signing.ts';
import { openBareToken } from './bare-token.ts';
import { compare, comparePauses, type Comparison } from './measure.ts';
import { openBenchOffice, PIN, type BenchOffice, type BenchToken } from './office.ts';

const SMALL = 100_000;
/** Milliseconds of a signature: USB tokens take 50 to 700. */
const USB_MS = 100;

/** Batches of drafts made ready beforehand, one a round and one before that counts for nothing. */
async function batches(
  office: BenchOffice,
  rounds: number,
  count: number,
  bytes: number,
): Promise<string[][]> {
  const ready: string[][] = [];
  for (let round = 0; round <= rounds; round++) ready.push(await office.readyToSign(count, bytes));
  return ready;
}

async function batch(
  office: BenchOffice,
  token: BenchToken,
  { rounds, count, what }: { readonly rounds: number; readonly count: number; readonly what: string },
): Promise<Comparison> {
  const ready = await batches(office, rounds, count, SMALL);
  const bare = openBareToken(token);
  try {
    return await compare(
      { what, least: `the token's own time: one login and ${count} times C_Sign, nothing else` },
      rounds,
      () => office.approve(ready.shift()!),
      () => bare.sign(count),
    );
  } finally {
    bare.close();
  }
}

async function softwareToken(samples: Desk): Promise<Comparison[]> {
  const token = await createSoftHsmToken({ label: 'Bench', pin: PIN, identities: [samples.pki.principal] });
  const office = await openBenchOffice(samples, token);
  const [count, rounds] = [50, 3];
  try {
    const what = `approve ${count} drafts of 100 KB with one login: each file flushed, each act in the journal`;
    const batchRow = await batch(office, token, { rounds, count, what });
    const small = await batches(office, rounds, count, SMALL);
    const big = await batches(office, rounds, 1, 50 * 2 ** 20);
    await office.approve(big.pop()!);
    return [
      batchRow,
      await comparePauses('longest pause of the main thread during such a batch', rounds, () =>
        office.approve(small.pop()!),
      ),
      await comparePauses('longest pause of the main thread while a draft of 50 MB is signed', rounds, () =>
        office.approve(big.pop()!),
      ),
    ];
  } finally {
    await office.close();
    await token.remove();
  }
}

async function usbToken(samples: Desk): Promise<Comparison> {
  const token = await createFaultyToken({ label: 'Bench', pin: PIN, identities: [samples.pki.principal] });
  const office = await openBenchOffice(samples, token);
  try {
    await token.faults(`C_Sign=slow ${USB_MS}`);
    const what = `the same, 20 drafts, where a signature takes ${USB_MS} ms as on a USB token`;
    return await batch(office, token, { rounds: 2, count: 20, what });
  } finally {
    await office.close();
    await token.remove();
  }
}

export async function batchComparisons(): Promise<Comparison[]> {
  const samples = await makeSamples();
  const [first, ...pauses] = await softwareToken(samples);
  return [first!, await usbToken(samples), ...pauses];
}
