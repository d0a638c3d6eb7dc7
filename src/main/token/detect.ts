/**
 * Drivers that may be installed on this machine. Windows: the vendors' known files in System32, and what the
 * registry names as cryptographic providers (`X_s.dll` is the provider's shell, `X.dll` beside it the PKCS#11
 * module). Nothing is loaded here and nothing found is used before somebody has accepted it.
 */
import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { win32 } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import rows from '../../../assets/rules/token-modules.json' with { type: 'json' };

const listSchema = z.strictObject({
  windows: z.array(
    z.strictObject({ family: z.string().min(1), files: z.array(z.string().regex(/^[\w.-]+\.dll$/i)) }),
  ),
  linux: z.array(z.strictObject({ family: z.string().min(1), paths: z.array(z.string().startsWith('/')) })),
});

export const knownModules = listSchema.parse(rows);

export interface DetectedModule {
  readonly path: string;
  /** Vendor or service the module is known by; empty for one only the registry names. */
  readonly family: string;
}

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** `C:\Windows`. */
  readonly systemRoot: string;
  exists(path: string): Promise<boolean>;
  /** "Image Path" of every registered cryptographic provider, as the registry has it. */
  providerImages(): Promise<readonly string[]>;
}

const PROVIDERS = String.raw`HKLM\SOFTWARE\Microsoft\Cryptography\Defaults\Provider`;
const run = promisify(execFile);

const thisMachine: Surroundings = {
  platform: process.platform,
  systemRoot: process.env['SystemRoot'] ?? String.raw`C:\Windows`,
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  async providerImages() {
    const query = ['query', PROVIDERS, '/s', '/v', 'Image Path'];
    const { stdout } = await run('reg.exe', query, { timeout: 10_000, windowsHide: true });
    return readRegistryValues(stdout);
  },
};

/** Values in the output of `reg query /v "Image Path"`: `    Image Path    REG_SZ    %SystemRoot%\…`. */
export function readRegistryValues(output: string): string[] {
  return [...output.matchAll(/^\s+Image Path\s+REG_(?:EXPAND_)?SZ\s+(\S.*?)\s*$/gm)].map(
    ([, value]) => value!,
  );
}

export async function detectModules(around: Surroundings = thisMachine): Promise<DetectedModule[]> {
  const candidates = around.platform === 'win32' ? await windowsCandidates(around) : linuxCandidates();
  const found: DetectedModule[] = [];
  for (const candidate of candidates)
    if (!found.some(({ path }) => isSamePath(path, candidate.path)) && (await around.exists(candidate.path)))
      found.push(candidate);
  return found;
}

function linuxCandidates(): DetectedModule[] {
  return knownModules.linux.flatMap(({ family, paths }) => paths.map((path) => ({ path, family })));
}

async function windowsCandidates(around: Surroundings): Promise<DetectedModule[]> {
  // A 64-bit process sees the 64-bit libraries here; those of SysWOW64 could not be loaded.
  const system = win32.join(around.systemRoot, 'System32');
  const known = knownModules.windows.flatMap(({ family, files }) =>
    files.map((file) => ({ path: win32.join(system, file), family })),
  );
  const images = await around.providerImages();
  const registered = images.flatMap((image) => {
    const path = modulePathOf(image, around.systemRoot);
    return path === null ? [] : [{ path, family: familyOf(path) }];
  });
  return [...known, ...registered];
}

/** The PKCS#11 module beside a provider's shell; null for providers that are no shells (Windows' own). */
function modulePathOf(image: string, systemRoot: string): string | null {
  const expanded = image.replace(/%SystemRoot%/gi, () => systemRoot);
  const path = win32.isAbsolute(expanded) ? expanded : win32.join(systemRoot, 'System32', expanded);
  const shell = /^(.*)_s(\.dll)$/i.exec(path);
  return shell ? `${shell[1]}${shell[2]}` : null;
}

function familyOf(path: string): string {
  const file = win32.basename(path).toLowerCase();
  const known = knownModules.windows.find(({ files }) => files.some((name) => name.toLowerCase() === file));
  return known?.family ?? '';
}

const isSamePath = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
