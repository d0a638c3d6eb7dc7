import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const demoSchema = z.strictObject({
  tokens: z.array(z.strictObject({ label: z.string(), pin: z.string() })).max(10),
});
export type Demo = z.infer<typeof demoSchema>;

/**
 * What `npm run demo` left in the folder it prepared: its software tokens, shown on screen with their PIN. Null for
 * every other folder. Throws when the file is there but is not one of the demo's.
 */
export function demoIn(dir: string): Demo | null {
  let text: string;
  try {
    text = readFileSync(join(dir, 'demo.json'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return demoSchema.parse(JSON.parse(text));
}
