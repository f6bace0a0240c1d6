import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { problemText } from '../../runtime/model/read/problem.ts';
import { compileModelCheck } from '../../runtime/model/read/schemas.ts';
import { readText } from '../../runtime/model/read/text.ts';
import { readYaml } from '../../runtime/model/read/yaml.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { answersOf } from '../init/answer.ts';
import { answersOfFlags, assertName, type InitFlags, type Next, withQuestions, writtenText } from '../init/command.ts';
import { lazyCheck } from '../init/field-problem.ts';
import { modelQuestions } from '../init/model-questions.ts';
import { modelText } from '../init/model-text.ts';
import { assertNew, writeNew } from '../init/new-file.ts';
import type { Answers } from '../init/question.ts';
import { schemaLine } from '../init/schema-line.ts';
import { type ProfileFlag, profileOption } from '../profile.ts';
import { readPath } from '../read-path.ts';

/** `weir init model TENANT/NAME`: a model file of ten lines. */
export function initModelCommand(cli: Cli): Command {
  const examples = [
    'init model payments/fraud',
    'init model payments/fraud --owner payments-ml --latency 50ms --features fraud_v3 --gpu fraction --outputs score:probability',
    'init model shop/eta --owner shop-ml --latency 100ms --inputs miles:numeric,city:categorical --outputs minutes:numeric --label arrived:24h',
  ];
  const check = lazyCheck(compileModelCheck);
  const made = filesCommand('model <tenant/name>', 'write a model file; on a terminal it asks for what no flag says', examples).addHelpText(
    'after',
    '\nIt ends with 0 when the file is written, with 2 when it is there already or something is missing, with 130 when you leave.',
  );
  withQuestions(made, modelQuestions(check, null)).addOption(profileOption());
  return made.action(
    runs(cli, async (name: string, flags: ModelFlags) => {
      const place = placeOf(name, flags.dir);
      assertNew(place.file, 'Edit it, or choose another name.');
      const questions = modelQuestions(check, ownerOf(place.tenantFile));
      const answers = await answersOf(cli.context, questions, answersOfFlags(flags, questions));
      return answers === null ? EXIT.interrupted : write(cli, place, answers, flags);
    }),
  );
}

interface ModelFlags extends InitFlags, ProfileFlag {}

interface Place {
  readonly tenant: string;
  readonly model: string;
  readonly file: string;
  readonly tenantFile: string;
}

function placeOf(name: string, dir: string): Place {
  const [tenant = '', model, ...others] = name.split('/');
  if (model === undefined || others.length > 0)
    throw new ArgsError('model', `"${name}" does not say whose it is`, 'Name it TENANT/NAME, such as payments/fraud.');
  assertName(tenant, 'tenant');
  assertName(model, 'model');
  return { tenant, model, file: join(dir, tenant, 'models', `${model}.yaml`), tenantFile: join(dir, tenant, 'tenant.yaml') };
}

/** The owner that the tenant's file names: most models of a tenant have the same. */
function ownerOf(tenantFile: string): string | null {
  const text = existsSync(tenantFile) ? readText(tenantFile) : null;
  const data = typeof text === 'string' ? readYaml(tenantFile, text).yaml?.data : null; // what is wrong with it is told at the end
  return typeof data === 'object' && data !== null && 'owner' in data && typeof data.owner === 'string' ? data.owner : null;
}

function write({ context }: Cli, place: Place, answers: Answers, { dir, json, profile }: ModelFlags): ExitCode {
  const { model, file } = place;
  const text = schemaLine(file, 'model') + modelText(model, answers);
  writeNew(file, text, 'Edit it, or choose another name.');
  const next = nextSteps(place, dir, answers);
  const { problems } = readPath(file, { profile: profileOf(profile) }); // what only the files around it can tell
  if (json === true) {
    context.out(JSON.stringify({ file, text, problems, next: next.map(([step, why]) => ({ step, why })) }, null, 2));
    return EXIT.fine;
  }
  context.out(writtenText(file, text, next));
  if (problems.length > 0) context.note(['', 'it does not fit what is around it yet:', ...problems.map(problemText)].join('\n'));
  return EXIT.fine;
}

function nextSteps({ tenant, model, file, tenantFile }: Place, dir: string, answers: Answers): Next {
  const service = answers.get('features');
  const features = join(dir, tenant, 'features.yaml');
  return [
    ...(existsSync(tenantFile) ? [] : [[`weir init tenant ${tenant}`, 'its tenant has no file yet'] as const]),
    ...(service === undefined || existsSync(features) ? [] : [[`write ${features}`, `it says what ${service} gives`] as const]),
    [`weir validate ${dir}`, 'checks it together with everything around it'],
    [`weir explain ${file}`, 'shows every value it did not say, and where it comes from'],
    [
      `weir registry push DIR --model ${model} --version ${answers.get('version') ?? '1'} --reference FILE.parquet --time COLUMN`,
      'registers what its training wrote in DIR',
    ],
    [`weir local --tenants ${dir}`, 'serves it on this machine'],
  ];
}
