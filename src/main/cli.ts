/** The same desk from a command line: sign, verify, read and write edXML. Run as `npm run -s cli -- …`. */
import { DeskError, errorSentence } from '../shared/errors/index.ts';
import { UsageError } from './cli/arguments.ts';

const HELP = `Bàn Văn Thư, command line

  sign --in A.pdf --out B.pdf (--pkcs11 MODULE --token LABEL | --pkcs12 FILE) --pin-env NAME
       --role personal|agency|appendix
       [--page N --rect x,y,w,h | --title T --name N] [--image PNG]
       [--number TEXT] [--seal-mm 36] [--certificate SHA256] [--password P]

    Signs into a new file; the input is never changed. The PIN is read from the environment variable NAME and
    tried once; --certificate chooses among several on a token. Boxes are points from the top left corner of the
    page as displayed, pages count from 1. --title and --name find the place from the printed title and name of
    the signer. Without a place the empty field of the role (KY_CA_NHAN, KY_CO_QUAN) is signed, or nothing is
    shown. An appendix gets its text mark at the top right of its first page: --number and the time.
    Prints {"file", "field"} as JSON.

  verify [--json] [--trust FILE…] [--crl FILE…] [--no-chain] [--at TIME] [--password P] FILE…

    Judges each file. --trust takes .cer, .crt, .pem or .p7b files, --crl revocation lists; both may be repeated.
    Without --crl revocation is no part of the verdict, which says so in its findings.
    --no-chain looks at the bytes only and trusts or doubts nobody. --at judges as of that time (ISO 8601).
    --json prints one array: file, verdict (valid, valid-with-changes, invalid, indeterminate, unsigned,
    unreadable), signatures[], changes[], reasons[]. Exit code 0 when every file could be judged.

  edxml read [--json] FILE…
    Prints one array: file, kind (edoc, status), message, warnings; attachments in base64.

  edxml write --json IN.json --out OUT.edxml
    Writes the message described in IN.json, in the form that "edxml read" prints as "message". Attachments carry
    "base64", or "file": a path beside IN.json.

  --help
    Shows this.

Exit codes: 0 done, 1 the act failed (one line with its code on standard error), 2 the command was not understood.
`;

async function run(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || args.includes('--help')) {
    process.stdout.write(HELP);
    return command === undefined ? 2 : 0;
  }
  if (command === 'sign') return (await import('./cli/sign.ts')).sign(rest);
  if (command === 'verify') return (await import('./cli/verify.ts')).verify(rest);
  if (command === 'edxml') return (await import('./cli/edxml.ts')).edxml(rest);
  throw new UsageError(`unknown command ${command}`);
}

/** One line a person and a script can read; a PIN or a password is in neither. */
function explain(error: unknown): { line: string; exitCode: number } {
  if (error instanceof UsageError) return { line: `${error.message}; see --help`, exitCode: 2 };
  if (error instanceof DeskError)
    return { line: `${error.code}: ${errorSentence(error.code, error.params, 'vi')}`, exitCode: 1 };
  if (error instanceof Error && 'code' in error && 'syscall' in error)
    return { line: error.message, exitCode: 1 };
  throw error;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const { line, exitCode } = explain(error);
  process.stderr.write(`${line}\n`);
  process.exitCode = exitCode;
}
