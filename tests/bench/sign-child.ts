/** Signs a file in a process of its own, `sign-child.ts IN OUT`, and prints by how many megabytes its peak grew. */
import { writeFileSync } from 'node:fs';
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
const before = process.resourceUsage().maxRSS;
await signPdf({ input, output, request, signer });
console.log((process.resourceUsage().maxRSS - before) / 1024);
