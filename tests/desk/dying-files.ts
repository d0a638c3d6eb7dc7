/**
 * Loaded before a desk that is to die, into each of its threads: kills the process before a thread gives a new file
 * its name, as the environment says in DIE_BEFORE (`pdf 2`: the second PDF of that thread).
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const kinds = { pdf: 0, xml: 0 };
const { renameSync } = fs;
fs.renameSync = (from, to) => {
  const head = fs.readFileSync(from).subarray(0, 5).toString('latin1');
  const kind = head === '%PDF-' ? 'pdf' : head === '<?xml' ? 'xml' : null;
  if (kind && `${kind} ${(kinds[kind] += 1)}` === process.env['DIE_BEFORE'])
    process.kill(process.pid, 'SIGKILL');
  renameSync(from, to);
};
syncBuiltinESMExports();
