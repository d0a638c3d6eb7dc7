/** Explores target after target in a thread of its own, so that an input that never ends can be named and left. */
import { parentPort, workerData } from 'node:worker_threads';
import { startMeter } from './coverage.ts';
import { explore } from './explore.ts';
import type { Message, Orders } from './main.ts';

const { shared, names, seconds, seed } = workerData as Orders;
const beat = new Int32Array(shared, 0, 2);
const held = new Uint8Array(shared, 8);

/** The empty list of things handed over tells a linter that this is no window. */
const tell = (message: Message): void => parentPort!.postMessage(message, []);

const meter = await startMeter('/src/main/');
// Loaded only now: the meter tells blocks apart in what is loaded after its start.
const { makeTargets } = await import('./targets.ts');
const targets = (await makeTargets()).filter(({ name }) => names.length === 0 || names.includes(name));
const ms = (seconds * 1000) / targets.length;
tell({ kind: 'targets', names: targets.map(({ name }) => name) });
for (const target of targets) {
  tell({ kind: 'begun', name: target.name });
  const before = meter.total();
  const explored = await explore(target, meter, {
    seed,
    ms,
    before(bytes) {
      held.set(bytes.subarray(0, held.length));
      Atomics.store(beat, 1, bytes.length);
      Atomics.add(beat, 0, 1);
    },
  });
  const reached = meter.total() - before;
  tell({ kind: 'explored', name: target.name, ...explored, reached });
}
await meter.stop();
tell({ kind: 'done' });
