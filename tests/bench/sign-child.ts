/** Signs a file in a process of its own, `sign-child.ts IN OUT`, and prints how many megabytes its peak lies above before. */
import { readFileSync, writeFileSync } from 'node:fs';
import { signPdf } from '../../src/main/signature/sign.ts';
import { blankPage } from '../fixtures/pdf/samples.ts';
import { createOfficePki } from '../pki/office.ts';
import { softSigner } from '../pki/soft-signer.ts';

const [input = '', output = ''] = process.argv.slice(2);
const pki = await createOfficePki({
  agency: 'Trường Tiểu học Ví Dụ',
  superior: 'Ủy ban nhân dân xã Ví Dụ',
  province: 'Tỉnh Ví Dụ',
  principal: 'Nguyễn Thị Ví Dụ',
});
const request = { target: { kind: 'new', page: 0 } } as const;
const signer = softSigner(pki.principal);
const small = `${output}.small`;
writeFileSync(small, blankPage());
// What code and libraries take is there after the first signature; the rest is the file's doing.
await signPdf({ input: small, output: `${small}.signed`, request, signer });
const before = memory('VmRSS');
await signPdf({ input, output, request, signer });
console.log(memory('VmHWM') - before);

/**
 * Megabytes resident now (`VmRSS`), or at most since this program began (`VmHWM`): the peak that getrusage tells is
 * that of the process it was forked from, too (Linux, proc_pid_status).
 */
function memory(which: 'VmRSS' | 'VmHWM'): number {
  const [, kibibytes] = new RegExp(`^${which}:\\s+(\\d+) kB$`, 'm').exec(
    readFileSync('/proc/self/status', 'utf8'),
  )!;
  return (Number(kibibytes) * 1024) / 1e6;
}
