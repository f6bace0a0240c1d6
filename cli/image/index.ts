/**
 * What the Dockerfile makes the image of: `node cli/image/index.ts stage <folder>`, then `npm ci` there, then `… sbom <folder>` and
 * `… settle <folder>`. Times come from SOURCE_DATE_EPOCH, default 0.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sbomOf } from './sbom.ts';
import { settle } from './settle.ts';
import { stage } from './stage.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const [step, tree] = process.argv.slice(2);
const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? 0);
if (tree === undefined || !Number.isSafeInteger(epoch)) {
  process.stderr.write('cli/image: give a step and a folder, and a whole number as SOURCE_DATE_EPOCH\n');
  process.exitCode = 2;
} else if (step === 'stage') {
  process.stdout.write(`${stage(ROOT, tree).places.length} packages\n`);
} else if (step === 'sbom') {
  writeFileSync(join(tree, 'sbom.cdx.json'), `${JSON.stringify(sbomOf(tree, epoch), null, 2)}\n`);
} else if (step === 'settle') {
  const { files, bytes } = settle(tree, epoch);
  process.stdout.write(`${files} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
} else {
  process.stderr.write(`cli/image: there is no step "${step}"; there are stage, sbom and settle\n`);
  process.exitCode = 2;
}
