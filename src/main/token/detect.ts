/**
 * Drivers that may be installed on this machine. Windows: the vendors' known files, and what the registry names as
 * cryptographic providers (`X_s.dll` is the provider's shell, `X.dll` beside it the PKCS#11 module). Nothing is
 * loaded here, each file is only read, and nothing found is used before somebody has accepted it.
 */
import { win32 } from 'node:path';
import { z } from 'zod';
import rows from '../../../assets/rules/token-modules.json' with { type: 'json' };
import type { DetectedModule, DetectedModules } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { signerName } from '../x509/certificate-use.ts';
import { tryReadCertificate } from '../x509/certificate.ts';
import { checkMachine, readModuleFile } from './module-file.ts';
import type { ModuleFile } from './module-file.ts';
import { readRegistry } from './registry.ts';
import type { RegistryKey, RegistryView } from './registry.ts';
import { readStoredCertificate } from './windows-store.ts';

const listSchema = z.strictObject({
  windows: z.array(
    z.strictObject({ family: z.string().min(1), files: z.array(z.string().regex(/^[\w.-]+\.dll$/i)) }),
  ),
  linux: z.array(z.strictObject({ family: z.string().min(1), paths: z.array(z.string().startsWith('/')) })),
});

export const knownModules = listSchema.parse(rows);

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** Processor this program runs for, as `process.arch`. */
  readonly arch: string;
  /** `C:\Windows`. */
  readonly systemRoot: string;
  /** Undefined when there is no such file, or none that can be read. */
  read(path: string): Promise<ModuleFile | undefined>;
  /** A key with everything below it. */
  registry(key: string, view: RegistryView): Promise<readonly RegistryKey[]>;
}

const systemRoot = process.env['SystemRoot'] ?? String.raw`C:\Windows`;

const thisMachine: Surroundings = {
  platform: process.platform,
  arch: process.arch,
  systemRoot,
  read: (path) =>
    readModuleFile(path).catch((error: unknown) => {
      if (error instanceof DeskError) return undefined;
      throw error;
    }),
  registry: (key, view) => readRegistry(systemRoot, key, view),
};

/** Where a driver may be. */
interface Candidate {
  readonly path: string;
  readonly family: string;
  /** Whose certificates in the Windows store have their key behind it. */
  readonly holders: readonly string[];
}

/** Drivers for which the machine already holds somebody's certificate stand first. */
export async function detectModules(around: Surroundings = thisMachine): Promise<DetectedModules> {
  const isWindows = around.platform === 'win32';
  const keys = isWindows ? await askRegistry(around) : noKeys;
  const candidates = isWindows ? windowsCandidates(around, keys ?? noKeys) : linuxCandidates();
  const found: DetectedModule[] = [];
  for (const { path, family, holders } of candidates) {
    if (found.some((one) => isSame(one.path, path))) continue;
    const file = await around.read(path);
    // A guess that turns out to be another library is no driver, and nobody has to know.
    if (!file || (isWindows && !file.pe?.isPkcs11)) continue;
    found.push({ path, family, holders: [...holders], problem: problemOf(path, file, around.arch) });
  }
  // A vendor's 32-bit file is worth a word only where its 64-bit twin is missing.
  const modules = found.filter(
    (one) =>
      one.problem === null ||
      !found.some((other) => other.problem === null && isSame(fileName(other), fileName(one))),
  );
  return { modules, problem: keys ? null : { code: 'token.registry-unreadable', params: {} } };
}

function problemOf(path: string, file: ModuleFile, arch: string): DetectedModule['problem'] {
  try {
    checkMachine(path, file, arch);
    return null;
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return { code: error.code, params: { ...error.params } };
  }
}

function linuxCandidates(): Candidate[] {
  return knownModules.linux.flatMap(({ family, paths }) =>
    paths.map((path) => ({ path, family, holders: [] })),
  );
}

const PROVIDERS = String.raw`HKLM\SOFTWARE\Microsoft\Cryptography\Defaults\Provider`;
const STORAGE_PROVIDERS = String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Cryptography\Providers`;
const MY_CERTIFICATES = String.raw`HKCU\Software\Microsoft\SystemCertificates\My\Certificates`;

interface Keys {
  readonly providers: readonly RegistryKey[];
  readonly providers32: readonly RegistryKey[];
  readonly storageProviders: readonly RegistryKey[];
  readonly certificates: readonly RegistryKey[];
}

const noKeys: Keys = { providers: [], providers32: [], storageProviders: [], certificates: [] };

/** Undefined when Windows does not let it be read: the known files are looked for all the same. */
async function askRegistry(around: Surroundings): Promise<Keys | undefined> {
  try {
    const [providers, providers32, storageProviders, certificates] = await Promise.all([
      around.registry(PROVIDERS, 64),
      around.registry(PROVIDERS, 32),
      around.registry(STORAGE_PROVIDERS, 64),
      around.registry(MY_CERTIFICATES, 64),
    ]);
    return { providers, providers32, storageProviders, certificates };
  } catch {
    return undefined;
  }
}

function windowsCandidates({ systemRoot: root }: Surroundings, keys: Keys): Candidate[] {
  const [system, system32] = ['System32', 'SysWOW64'].map((folder) => win32.join(root, folder));
  const holders = holdersByProvider(keys.certificates);
  const registered = [
    ...keys.providers.map((key) => ({ provider: lastPart(key.path), key, folder: system! })),
    // `…\<provider>\UM` has the image of what runs in a program (user mode).
    ...keys.storageProviders.map((key) => ({ provider: partBefore(key.path), key, folder: system! })),
    ...keys.providers32.map((key) => ({ provider: lastPart(key.path), key, folder: system32! })),
  ].flatMap(({ provider, key, folder }) => {
    const image = key.values.get('image path') ?? key.values.get('image');
    if (typeof image !== 'string') return [];
    const path = modulePathOf(fullPath(image, root, folder));
    if (path === null) return [];
    return [{ path, family: familyOf(path), holders: holders.get(provider) ?? [] }];
  });
  const known = [system!, system32!].flatMap((folder) =>
    knownModules.windows.flatMap(({ family, files }) =>
      files.map((file) => ({ path: win32.join(folder, file), family, holders: [] })),
    ),
  );
  const held = registered.filter((one) => one.holders.length > 0);
  return [...held, ...known, ...registered];
}

/** Names on the certificates of the Windows store, by the provider that has the key. */
function holdersByProvider(certificates: readonly RegistryKey[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { values } of certificates) {
    const blob = values.get('blob');
    const stored = Buffer.isBuffer(blob) ? readStoredCertificate(blob) : null;
    const certificate = stored && tryReadCertificate(stored.certificate);
    if (!stored || !certificate) continue;
    const name = signerName(certificate);
    const names = found.get(stored.provider) ?? [];
    if (!names.includes(name)) found.set(stored.provider, [...names, name]);
  }
  return found;
}

/** As Windows would find it; a 32-bit program is led to SysWOW64 wherever it says System32. */
function fullPath(image: string, root: string, folder: string): string {
  const expanded = image.replace(/%SystemRoot%|%windir%/gi, () => root);
  const path = win32.isAbsolute(expanded) ? expanded : win32.join(folder, expanded);
  const system = `${win32.join(root, 'System32')}\\`;
  return isSame(path.slice(0, system.length), system) ? win32.join(folder, path.slice(system.length)) : path;
}

/** The PKCS#11 module beside a provider's shell; null for providers that are no shells (Windows' own). */
function modulePathOf(image: string): string | null {
  const shell = /^(.*)_s(\.dll)$/i.exec(image);
  return shell ? `${shell[1]}${shell[2]}` : null;
}

function familyOf(path: string): string {
  const file = win32.basename(path);
  return knownModules.windows.find(({ files }) => files.some((name) => isSame(name, file)))?.family ?? '';
}

const fileName = ({ path }: DetectedModule): string => win32.basename(path);
const lastPart = (path: string): string => path.split('\\').at(-1)!;
const partBefore = (path: string): string => path.split('\\').at(-2) ?? '';
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
