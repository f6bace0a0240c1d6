// A process of its own, so that memory is that of reading alone: `node bench/model-files-main.ts FOLDER` prints one line of JSON.

import { checkFolder } from '../runtime/model/check/folder.ts';
import { profileOf } from '../runtime/model/layers/profiles.ts';
import { loadFolder } from '../runtime/model/read/load.ts';

const [folder = ''] = process.argv.slice(2);
const profile = profileOf('prod');
const before = process.cpuUsage();
const loaded = loadFolder(folder, { profile });
const between = process.cpuUsage(before);
const problems = [...loaded.problems, ...checkFolder(loaded, profile)];
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({
    readMs: (between.user + between.system) / 1_000,
    cpuMs: (user + system) / 1_000,
    rssMiB: process.resourceUsage().maxRSS / 1_024, // kept in KiB
    models: loaded.models.length,
    problems: problems.map(({ file, line, problem }) => ({ file, line, problem })),
  }),
);
