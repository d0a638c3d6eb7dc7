/** Judges one file in a process of its own: `judge-child.ts FILE` prints the verdict, the time and the memory it took. */
import { verifyFile } from '../../src/main/signature/verify.ts';

const [file = ''] = process.argv.slice(2);
const start = performance.now();
const { verdict } = await verifyFile(file, { checkChain: false });
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ verdict, ms: performance.now() - start, megabytes }));
