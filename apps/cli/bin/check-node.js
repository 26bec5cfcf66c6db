/** The oldest Node.js that runs TypeScript sources directly and has everything the commands use. */
const wantedMajor = 24;

/** Ends the process with one sentence when this Node.js is too old. Plain JavaScript, because an older Node.js must be able to read it. */
export function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= wantedMajor) return;
  process.stderr.write(
    `Cannot run ferry with Node.js ${process.versions.node}: it must be ${wantedMajor} or newer. ` +
      'Run it as "npx ferry" inside the project, which brings its own Node.js, or upgrade Node.js.\n',
  );
  process.exit(1);
}
