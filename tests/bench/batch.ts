import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSoftHsmToken } from '../pki/softhsm.ts';
import { createFaultyToken } from '../token/faulty-token.ts';
import { makeSamples, type Desk } from '../desk/signing.ts';
import { openBareToken } from './bare-token.ts';
import { fileHash } from './file-hash.ts';
import { longestPause, processorTime, ratio, type Row } from './measure.ts';
import { letterOf, openBenchOffice, PIN, quiet, type BenchOffice } from './office.ts';

const COUNT = 20;
const SMALL = 100_000;
const BIG = 50_000_000;

/**
 * Milliseconds of a signature where the token is as fast as any. Nobody publishes these times: USB tokens are known to
 * take 50 to 700 for RSA of 2048 bits (`signing.md`, 2), those of Vietnamese offices 300 to 1,000 (`pdf-signing.md`, 5).
 * A slower one only hides more.
 */
const FASTEST_MS = 50;

/** What takes longer to be heard, people take for a program that hangs. */
const NOTICED_MS = 100;

const batch = `approve ${COUNT} drafts of 100 KB with one login`;
const tokenAlone = `the token's own time: one login and ${COUNT} times C_Sign, nothing else`;

/** Batches of small drafts. */
async function batches(office: BenchOffice, { letter }: Desk, count: number): Promise<string[][]> {
  const made: string[][] = [];
  for (let n = 0; n < count; n++) {
    const letters: Uint8Array[] = [];
    for (let one = 0; one < COUNT; one++) letters.push(await letterOf(letter, SMALL));
    made.push(await office.readyToSign(letters));
  }
  return made;
}

async function usbToken(samples: Desk): Promise<Row> {
  const token = await createFaultyToken({ label: 'Bench', pin: PIN, identities: [samples.pki.principal] });
  const office = await openBenchOffice(samples, token);
  const bare = openBareToken(token);
  try {
    const rounds = 3;
    const ready = await batches(office, samples, rounds + 1);
    await token.faults(`C_Sign=slow ${FASTEST_MS}`);
    const what = `${batch}, ${FASTEST_MS} ms a signature as on the fastest USB tokens`;
    return await ratio({ what, against: tokenAlone, most: 2 }, rounds, {
      ours: () => office.approve(ready.shift()!),
      least: () => bare.sign(COUNT),
      between: quiet,
    });
  } finally {
    bare.close();
    await office.close();
    await token.remove();
  }
}

async function softwareToken(samples: Desk, folder: string): Promise<Row[]> {
  const token = await createSoftHsmToken({ label: 'Bench', pin: PIN, identities: [samples.pki.principal] });
  const office = await openBenchOffice(samples, token);
  const bare = openBareToken(token);
  const rounds = 3;
  const big = await letterOf(samples.letter, BIG);
  const bigPath = join(folder, 'draft.pdf');
  writeFileSync(bigPath, big);
  const bigOnes: string[] = [];
  const makeBig = async () => void bigOnes.push(...(await office.readyToSign([big])));
  const hashAndSign = () => {
    fileHash(bigPath);
    bare.sign(1);
  };
  try {
    const made = await longestPause(
      {
        what: 'longest pause of the main thread while a draft of 50 MB comes in, is checked and gets its fields',
        against: 'what people notice',
        most: NOTICED_MS,
      },
      rounds,
      makeBig,
    );
    while (bigOnes.length < 3 * rounds + 2) await makeBig();
    // After these nothing of the big ones is in memory any more.
    const small = await batches(office, samples, 3 * rounds + 1);
    return [
      await ratio(
        { what: `${batch}, a software token of 1 ms a signature`, against: tokenAlone, most: null },
        rounds,
        {
          ours: () => office.approve(small.pop()!),
          least: () => bare.sign(COUNT),
          between: quiet,
        },
      ),
      await processorTime(
        {
          what: 'processor time of the desk for each of them',
          against: 'signed, recorded, and the signed file read for search and judged: all threads',
          most: null,
        },
        rounds,
        COUNT,
        () => office.approve(small.pop()!).then(quiet),
      ),
      await longestPause(
        {
          what: 'longest pause of the main thread during such a batch',
          against: 'what people notice',
          most: NOTICED_MS,
        },
        rounds,
        () => office.approve(small.pop()!),
      ),
      made,
      await longestPause(
        {
          what: 'longest pause of the main thread while a draft of 50 MB is signed',
          against: 'what people notice',
          most: NOTICED_MS,
        },
        rounds,
        () => office.approve([bigOnes.pop()!]),
      ),
      await ratio(
        {
          what: 'sign a draft of 50 MB through the desk: call, threads, token, complete file on disk, journal',
          against: 'SHA-256 of the file by node:crypto, read whole, then one login and C_Sign',
          most: null,
        },
        rounds,
        { ours: () => office.approve([bigOnes.pop()!]), least: hashAndSign, between: quiet },
      ),
      await ratio(
        {
          what: 'the same as from its own screen, which waits until the signed file is verified',
          against: 'SHA-256 of the file by node:crypto, read whole, then one login and C_Sign',
          most: null,
        },
        rounds,
        { ours: () => office.sign(bigOnes.pop()!), least: hashAndSign, between: quiet },
      ),
    ];
  } finally {
    bare.close();
    await office.close();
    await token.remove();
  }
}

export async function batchRows(folder: string): Promise<Row[]> {
  const samples = await makeSamples();
  return [await usbToken(samples), ...(await softwareToken(samples, folder))];
}
