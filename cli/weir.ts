import { fileURLToPath } from 'node:url';

/** The `weir` command. Nothing that needs a recent Node is imported before the version is checked. */
const OLDEST = 24;

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST) {
  process.stderr.write(
    `weir: this is Node ${process.versions.node}, and Weir runs on Node ${OLDEST} or newer\n` +
      '  npm ci brings the right one: use npm start, npm run weir -- …, or node_modules/.bin/node cli/weir.ts …\n',
  );
  process.exitCode = 2;
} else {
  // types are stripped and code is compiled once, not at every start; where nothing may be written it takes longer
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/weir', import.meta.url)));
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
