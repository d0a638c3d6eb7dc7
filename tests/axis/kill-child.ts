// One pass of the exchange in a process of its own, which kills itself (SIGKILL) at a given call into office or axis.
import { createExchange } from '../../src/main/axis/exchange.ts';
import { vxpTransport } from '../../src/main/axis/vxp.ts';
import { school } from './samples.ts';
import { openTestOffice } from './test-office.ts';

const [url = '', folder = '', step = '0'] = process.argv.slice(2);
let calls = 0;

const deadly = <T extends object>(target: T): T =>
  new Proxy(target, {
    get(object, name, receiver) {
      const method: unknown = Reflect.get(object, name, receiver);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => {
        calls += 1;
        const last = calls === Number(step);
        const result: unknown = Reflect.apply(method, object, given);
        if (!last) return result;
        return Promise.resolve(result).then(() => process.kill(process.pid, 'SIGKILL'));
      };
    },
  });

const office = openTestOffice(folder, school, Date.now);
await createExchange({
  office: deadly(office.port),
  transport: deadly(vxpTransport({ url, allowHttp: true, systemId: 'sys.school', secret: 'a' })),
  intervalMs: 60_000,
  log: () => '',
}).syncNow();
