import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { DeskError } from '../../shared/errors/index.ts';
import type { EdocMessage } from '../axis/edxml-model.ts';
import { readEdxml } from '../axis/edxml-read.ts';
import { writeEdoc, writeStatus } from '../axis/edxml-write.ts';
import { writeOutput } from '../disk/output.ts';
import { readOptions, UsageError } from './arguments.ts';
import { messageSchema } from './edxml-schema.ts';

/** @returns exit code */
export async function edxml(args: readonly string[]): Promise<number> {
  const [act, ...rest] = args;
  if (act === 'read') return await read(rest);
  if (act === 'write') return await write(rest);
  throw new UsageError('edxml read or edxml write');
}

async function read(args: readonly string[]): Promise<number> {
  const { files } = readOptions(args, { flags: ['json'] });
  if (files.length === 0) throw new UsageError('no file to read');
  const results = await Promise.all(files.map(readOne));
  process.stdout.write(`${JSON.stringify(results, withBase64, 2)}\n`);
  return results.every((result) => 'message' in result) ? 0 : 1;
}

async function readOne(file: string) {
  try {
    return { file, ...readEdxml(await readFile(file)) };
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return { file, error: { code: error.code, params: error.params } };
  }
}

/** Attachments as base64 instead of an object of numbers. */
function withBase64(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('bytes' in value)) return value;
  const { bytes, ...rest } = value;
  return bytes instanceof Uint8Array ? { ...rest, base64: Buffer.from(bytes).toString('base64') } : value;
}

async function write(args: readonly string[]): Promise<number> {
  const options = readOptions(args, { texts: ['json', 'out'] });
  const input = options.required('json');
  const output = options.required('out');
  const { secrecy, ...message } = parseMessage(await readFile(input, 'utf8'));
  const bytes =
    message.kind === 'status'
      ? writeStatus(message)
      : writeEdoc(await withAttachments(message, dirname(input)), { now: Date.now(), secrecy });
  await writeOutput(output, bytes);
  process.stdout.write(`${JSON.stringify({ file: output, bytes: bytes.length })}\n`);
  return 0;
}

function parseMessage(text: string): z.infer<typeof messageSchema> {
  try {
    return messageSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof z.ZodError)
      throw new DeskError('host.bad-request', { field: error.issues[0]?.path.join('.') ?? '' }, error);
    if (error instanceof SyntaxError) throw new UsageError('the message is no JSON');
    throw error;
  }
}

type EdocJson = Extract<z.infer<typeof messageSchema>, { kind: 'edoc' }>;

async function withAttachments(message: Omit<EdocJson, 'secrecy'>, folder: string): Promise<EdocMessage> {
  const attachments = await Promise.all(
    message.attachments.map(async ({ base64, file, ...attachment }) => ({
      ...attachment,
      bytes: file === undefined ? Buffer.from(base64 ?? '', 'base64') : await readFile(join(folder, file)),
    })),
  );
  // The first hop is the sender itself (QCVN 102:2016/BTTTT, TraceHeaderList).
  const trace =
    message.trace.length > 0 ? message.trace : [{ organId: message.from.organId, at: Date.now() }];
  return { ...message, trace, attachments };
}
