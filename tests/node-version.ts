/** better-sqlite3 13 segfaults under Node 20: stop with a sentence when vitest was not started through npm. */
export default function setup(): void {
  if (Number(process.versions.node.split('.')[0]) < 24)
    throw new Error(
      `Tests need Node 24; this is ${process.version}. Start them with npm test or npx vitest.`,
    );
}
