/** Command line options: `--name value`, `--flag`, and the rest. */
import { parseArgs } from 'node:util';

/** The command was not understood. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export interface Options {
  readonly files: readonly string[];
  /** The value of an option, if given. */
  text(name: string): string | undefined;
  required(name: string): string;
  flag(name: string): boolean;
  list(name: string): readonly string[];
}

export interface Spec {
  readonly texts?: readonly string[];
  readonly flags?: readonly string[];
  /** Options that may be repeated or be followed by several values, as long as these end in one of the suffixes. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

/** @throws UsageError */
export function readOptions(args: readonly string[], { texts = [], flags = [], lists = {} }: Spec): Options {
  const options = Object.fromEntries([
    ...texts.map((name) => [name, { type: 'string' as const }] as const),
    ...flags.map((name) => [name, { type: 'boolean' as const }] as const),
    ...Object.keys(lists).map((name) => [name, { type: 'string' as const, multiple: true }] as const),
  ]);
  const { values, positionals } = parse(spreadLists(args, lists), options);
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    files: positionals,
    text,
    required(name) {
      const value = text(name);
      if (value === undefined) throw new UsageError(`--${name} is missing`);
      return value;
    },
    flag: (name) => values[name] === true,
    list(name) {
      const value = values[name];
      return Array.isArray(value) ? value.map(String) : [];
    },
  };
}

type ParseOptions = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function parse(args: string[], options: ParseOptions) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `--trust a.pem b.pem` becomes `--trust a.pem --trust b.pem`. */
function spreadLists(args: readonly string[], lists: NonNullable<Spec['lists']>): string[] {
  const result: string[] = [];
  let name: string | undefined;
  let taken = 0;
  for (const arg of args) {
    if (arg.startsWith('--')) {
      name = Object.hasOwn(lists, arg.slice(2)) ? arg.slice(2) : undefined;
      taken = 0;
    } else if (name !== undefined && taken++ > 0) {
      if (lists[name]?.some((suffix) => arg.toLowerCase().endsWith(suffix))) result.push(`--${name}`);
      else name = undefined;
    }
    result.push(arg);
  }
  return result;
}
