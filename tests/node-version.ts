/** Node 22 is what Wine runs of Windows' Node (`tests/windows/wine.ts`). */
const OLDEST = 22;

/** better-sqlite3 13 segfaults under Node 20: stop with a sentence when vitest was not started through npm. */
export default function setup(): void {
  if (Number(process.versions.node.split('.')[0]) < OLDEST)
    throw new Error(
      `Tests need Node ${OLDEST} or later; this is ${process.version}. Start them with npm test or npx vitest.`,
    );
}
