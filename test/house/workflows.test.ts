import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { processContext } from '../../cli/context.ts';
import { buildProgram } from '../../cli/main.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { jobsOf, textOf, WORKFLOW_FILES, weirCommands, workflowOf } from '../support/workflows.ts';

const USES = /uses: (\S+)@(\S+)(?: # (\S+))?/g;
const uses = WORKFLOW_FILES.flatMap((file) =>
  [...textOf(file).matchAll(USES)].map(([, action = '', commit = '', version = '']) => ({ file, action, commit, version })),
);
const jobs = jobsOf(WORKFLOW_FILES);
const pages = [...WORKFLOW_FILES, 'docs/ci.md'];

describe('what workflows run', () => {
  test('is pinned by a commit, with its version beside it', () => {
    expect(uses.length).toBeGreaterThan(20);
    const loose = uses.filter(({ commit, version }) => !/^[0-9a-f]{40}$/.test(commit) || !/^v\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  test('is one version of an action everywhere', () => {
    const pins = Map.groupBy(uses, ({ action }) => action);
    const several = [...pins].filter(([, all]) => new Set(all.map(({ commit, version }) => `${commit} ${version}`)).size > 1);
    expect(several).toEqual([]);
  });

  test('is the Node of package.json, and a container by digest', () => {
    const nodes = pages.flatMap((file) => [...textOf(file).matchAll(/node-version: (\S+)/g)].map(([, version]) => version));
    expect(new Set(nodes)).toEqual(new Set([packageJson.devDependencies.node]));
    const images = WORKFLOW_FILES.flatMap((file) => [...textOf(file).matchAll(/^\s*image: (\S+)/gm)].map(([, image]) => image));
    expect(images.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image ?? ''))).toEqual([]);
  });
});

describe('what workflows may do', () => {
  test.each(WORKFLOW_FILES)('%s may do nothing but what a job says', (file) => {
    const { on, permissions } = workflowOf(file);
    expect(permissions).toEqual({});
    expect(Object.keys(on)).not.toContain('pull_request_target'); // it runs a stranger's change with the repository's own token
  });

  test.each(jobs.map((job) => ({ name: job.name, job })))('$name says what it may do, and ends', ({ job }) => {
    expect(job.permissions).toBeDefined();
    expect(job.permissions).not.toMatchObject({ contents: 'write' });
    expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  test('is to write, or to be known to AWS, only where no code of the change runs or a GitHub environment stands before it', () => {
    const risky = jobs.filter(({ permissions = {} }) => Object.values(permissions).includes('write'));
    expect(risky.length).toBeGreaterThan(3);
    const runsCode = risky.filter(({ steps }) => steps.some(({ run = '' }) => /\b(npm|node|pulumi|bash \.)/.test(run)));
    expect(runsCode.filter(({ environment }) => environment === undefined).map(({ name }) => name)).toEqual([]);
  });

  test('is to leave no token behind a checkout', () => {
    const checkouts = jobs.flatMap(({ name, steps }) =>
      steps.filter((step) => step.uses?.startsWith('actions/checkout@')).map((step) => ({ name, step })),
    );
    expect(checkouts.filter(({ step }) => step.with?.['persist-credentials'] !== false).map(({ name }) => name)).toEqual([]);
  });

  test('is to hand values to a shell by its environment, never by its text', () => {
    const scripts = jobs.flatMap(({ name, steps }) => steps.flatMap(({ run }) => (run === undefined ? [] : [{ name, run }])));
    expect(scripts.filter(({ run }) => run.includes('${{'))).toEqual([]);
  });
});

describe('command lines', () => {
  const lines = pages.flatMap((file) => weirCommands(textOf(file)).map((args) => ({ line: args.join(' '), file, args })));

  test.each(lines)('$line is one that the command takes ($file)', async ({ args }) => {
    const program = buildProgram({ context: processContext(), exit: () => undefined });
    const ran: string[] = [];
    for (const command of allCommands(program)) if (command.commands.length === 0) command.action(() => void ran.push(command.name()));
    await program.parseAsync(args, { from: 'user' });
    expect(ran).toHaveLength(1);
  });

  test('are of all commands that a check is made of', () => {
    const commands = new Set(lines.map(({ args }) => args.slice(0, args[0] === 'policy' ? 2 : 1).join(' ')));
    expect([...commands]).toEqual(expect.arrayContaining(['validate', 'diff', 'plan', 'policy check']));
  });
});

test('what a platform team copies to plan is what this project runs itself', () => {
  for (const name of ['plan.yml', 'plan-comment.yml']) expect(textOf(`docs/ci/${name}`)).toBe(textOf(`.github/workflows/${name}`));
});

test('docs/ci.md has every workflow that can be copied', () => {
  const copied = WORKFLOW_FILES.filter((file) => file.startsWith('docs/'));
  expect(copied.filter((file) => !textOf('docs/ci.md').includes(`(${file.replace('docs/', '')})`))).toEqual([]);
});

function allCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
