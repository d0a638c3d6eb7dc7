/** The rooms of the desk from a command line, on files and without an office: sign, verify, edXML. Run as `npm run -s cli -- …`. */
import { DeskError, errorSentence } from '../shared/errors/index.ts';
import { UsageError } from './cli/arguments.ts';

const HELP = `Bàn Văn Thư, command line

  sign --in A.pdf --out B.pdf (--pkcs11 MODULE --token LABEL | --pkcs12 FILE) --pin-env NAME
       --role personal|agency|appendix|copy|incoming|comment
       [--page N --rect x,y,w,h | --title T --name N] [--image PNG]
       [--number TEXT] [--seal-mm 36] [--certificate SHA256] [--password-env NAME | --password P]
       [--level B-B|B-T|B-LT|B-LTA --tsa URL… --trust FILE… [--cache FOLDER]]

    Signs into a new file; the input is never changed. The PIN is read from the environment variable NAME and
    tried once. With several tokens or certificates none is guessed: --token takes a label or a serial number,
    --certificate the SHA-256 of one, in a file as on a token. The password of a protected PDF comes from the
    environment too, or from --password, which everybody on the machine can see. Boxes are points from the top left corner of the
    page as displayed, pages count from 1. --title and --name find the place from the printed title and name of
    the signer. Without a place the empty field of the role (KY_CA_NHAN, KY_CO_QUAN) is signed, or nothing is
    shown. An appendix gets its text mark at the top right of its first page: --number and the time.
    Three roles find free room by themselves, or take --page and --rect:
      copy      --form SY|SL|TrS --agency NAME [--converter NAME]
      incoming  --agency NAME --number TEXT --date YYYY-MM-DD [--forward-to TEXT] [--file-code TEXT]
      comment   --name NAME --title TITLE --text OPINION
    --level adds what the level needs (ETSI EN 319 142-1): a timestamp of the service at --tsa, tried in turn; chains
    and revocation data of the services named in the certificates; an archive timestamp. Only timestamps of
    authorities that the program knows or --trust names count. A service that fails never costs the signature, unless
    the author of the field wants none without a timestamp (pdf.seed-timestamp).
    Prints {"file", "field", "level", "failure"} as JSON: the level reached and, if less than wanted, why.

  verify [--json] [--trust FILE…] [--crl FILE…] [--online [--cache FOLDER] [--intranet URL]]
         [--no-chain] [--at TIME] [--report PDF] [--password-env NAME | --password P] FILE…

    Judges each file. --trust takes .cer, .crt, .pem or .p7b files, --crl revocation lists; both may be repeated.
    --online asks the services named in the certificates for issuers and revocation; --cache keeps the answers.
    Addresses inside the own network are asked only on the host of --intranet.
    Without --crl and --online revocation is no part of the verdict, which says so in its findings.
    --no-chain looks at the bytes only and trusts or doubts nobody. --at judges as of that time: 2026-11-20 or
    2026-11-20T16:04:05+07:00 (ISO 8601; without a zone it is Vietnam's).
    --report writes the judgement of one file as a PDF to print and to file.
    --json prints one array: file, verdict (valid, valid-with-changes, invalid, indeterminate, unsigned,
    unreadable), signatures[], changes[], reasons[]. Exit code 0 when every file could be judged; one whose password
    is missing or wrong could not.

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
