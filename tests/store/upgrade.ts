import { upgradeRecords } from '../../src/main/store/index.ts';

/** Upgrades a data folder in a process of its own and tells how far it is. */
await upgradeRecords(process.argv[2]!, (done, total) => process.stdout.write(`${done}/${total}\n`));
process.stdout.write('whole\n');
