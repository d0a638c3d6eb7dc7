import { openStore } from '../../src/main/store/index.ts';
import { CLERK } from '../demo/sample.ts';
import { MORNING } from './morning.ts';
import { connectionOf } from '../../src/main/store/sql.ts';

/**
 * One act in a process of its own that dies like a power cut at one point of it:
 * `clock N`: when the act asks for the time the N-th time; `table NAME`: inside the transaction, right after the act
 * wrote to that table; `committed`: before anybody could be told.
 */
const [dir, act, id, point, detail] = process.argv.slice(2) as [string, string, string, string, string?];
const die = () => process.kill(process.pid, 'SIGKILL');

let asked = 0;
const store = openStore(dir, {
  clock: () => {
    asked += 1;
    if (point === 'clock' && asked === Number(detail)) die();
    return MORNING;
  },
  onRecorded: () => {
    if (point === 'committed') die();
  },
});
if (point === 'table') {
  connectionOf(store.tables).function('die', die);
  for (const change of ['INSERT', 'UPDATE'])
    connectionOf(store.tables).exec(
      `CREATE TEMP TRIGGER die_${change} AFTER ${change} ON main.${detail} BEGIN SELECT die(); END`,
    );
}
// Each act loads its own code only: a process is started for every point.
if (act === 'register') {
  const { register } = await import('../../src/main/office/incoming/incoming.ts');
  register(store, CLERK, { id, confirmDuplicate: false });
} else {
  const { number } = await import('../../src/main/office/outgoing/number.ts');
  const { openOffice } = await import('../../src/main/office/open-office.ts');
  await number(openOffice(store), CLERK, { id });
}
process.stdout.write('done\n');
store.close();
