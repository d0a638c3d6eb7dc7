/** Writes every attack file into a folder, for other readers: `npm run -s node -- tests/attacks/main.ts DIR`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pem } from '../pki/ca.ts';
import { createOfficePki } from '../pki/office.ts';
import {
  attacks,
  honestFillings,
  honestGrowth,
  honestLooks,
  honestPlaces,
  honestRoom,
  honestSaving,
} from './attacks.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('tests/attacks/main.ts DIR');
mkdirSync(folder, { recursive: true });
const pki = await createOfficePki({
  agency: 'Trường Tiểu học Ví Dụ',
  superior: 'Ủy ban nhân dân xã Ví Dụ',
  province: 'Tỉnh Ví Dụ',
  principal: 'Nguyễn Thị Ví Dụ',
});
writeFileSync(join(folder, 'root.pem'), pem('CERTIFICATE', pki.root.certificate));
for (const [name, make] of Object.entries({
  ...honestFillings,
  ...honestGrowth,
  ...honestLooks,
  ...honestPlaces,
  ...honestSaving,
}))
  writeFileSync(join(folder, `honest-${name.replaceAll(' ', '-')}.pdf`), await make(pki));
writeFileSync(join(folder, 'honest-room.pdf'), await honestRoom(pki));
for (const attack of attacks) {
  const file = `${attack.name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.pdf`;
  writeFileSync(join(folder, file), await attack.make(pki));
}
console.log(`${attacks.length} attacks in ${folder}`);
