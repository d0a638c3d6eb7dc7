import { openStore } from '../../src/main/store/index.ts';

/** Opens a data folder in a process of its own and holds it until killed. */
openStore(process.argv[2]!);
process.stdout.write('open\n');
setInterval(() => {}, 1000);
