/** Judges one file in a process of its own: `judge-child.ts FILE` prints the verdict, the time and the memory it took. */
import { verifyFile } from '../../src/main/signature/verify.ts';

const [file = ''] = process.argv.slice(2);
// Of the processor: other work on the machine may keep this waiting.
const start = process.cpuUsage();
const { verdict } = await verifyFile(file, { checkChain: false });
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ verdict, ms: process.cpuUsage(start).user / 1000, megabytes }));
