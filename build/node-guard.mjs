// Loaded before every script (`node --import`): better-sqlite3 13 crashes the process under Node 20 instead of
// failing, so an old Node is refused with a sentence while that is still possible.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Bàn Văn Thư needs Node 24 (Electron's Node) but was started under ${process.version}.\n` +
      'Run it through npm (npm run demo, npm test, npm run -s cli): npm uses the Node 24 installed by `npm ci`.\n',
  );
  process.exit(1);
}
