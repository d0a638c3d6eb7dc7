import { parseArgs } from 'node:util';
import { createAxis } from './server.ts';

const HELP = `The reference axis on 127.0.0.1 (tests and demonstration only).

  npm run axis -- --port N --data DIR [--unit CODE,NAME,SYSTEMID,SECRET[,OLDCODE]]…

  --port  0 picks a free port (default 8280)
  --data  folder of its SQLite file, made when missing
  --unit  registers a unit; may be repeated. Units are kept in the data folder.

GET /admin/state shows units, deliveries and faults; POST /admin/faults and /admin/units take JSON.
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8280' },
    data: { type: 'string' },
    unit: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
});

if (values.help || values.data === undefined) {
  process.stdout.write(HELP);
  process.exit(values.help ? 0 : 2);
}

const axis = await createAxis({ port: Number(values.port), dataDir: values.data });
for (const text of values.unit) {
  const [code = '', name = '', systemId = '', secret = '', oldCode] = text.split(',');
  axis.addUnit({ code, name, systemId, secret, ...(oldCode ? { oldCode } : {}) });
}
process.stdout.write(`axis listening at ${axis.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void axis.close().then(() => process.exit(0));
  });
