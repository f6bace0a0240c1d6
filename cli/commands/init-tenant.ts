import { join } from 'node:path';
import type { Command } from 'commander';
import { compileTenantCheck } from '../../runtime/model/read/schemas.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { answersOf } from '../init/answer.ts';
import { answersOfFlags, assertName, type InitFlags, type Next, withQuestions, writtenText } from '../init/command.ts';
import { lazyCheck } from '../init/field-problem.ts';
import { assertNew, writeNew } from '../init/new-file.ts';
import type { Answers } from '../init/question.ts';
import { schemaLine } from '../init/schema-line.ts';
import { tenantQuestions } from '../init/tenant-questions.ts';
import { tenantText } from '../init/tenant-text.ts';

/** `weir init tenant NAME`: a tenant's file. */
export function initTenantCommand(cli: Cli): Command {
  const examples = [
    'init tenant payments',
    'init tenant payments --owner payments-ml --email payments-ml@example.com --developers payments-ml --gpus 4',
  ];
  const questions = tenantQuestions(lazyCheck(compileTenantCheck));
  const made = filesCommand('tenant <name>', 'write a tenant file; on a terminal it asks for what no flag says', examples).addHelpText(
    'after',
    '\nIt ends with 0 when the file is written, with 2 when it is there already or something is missing, with 130 when you leave.',
  );
  return withQuestions(made, questions).action(
    runs(cli, async (name: string, flags: InitFlags) => {
      assertName(name, 'tenant');
      const file = join(flags.dir, name, 'tenant.yaml');
      assertNew(file, 'Edit it, or choose another name.');
      const answers = await answersOf(cli.context, questions, answersOfFlags(flags, questions));
      return answers === null ? EXIT.interrupted : write(cli, name, answers, flags);
    }),
  );
}

function write({ context }: Cli, name: string, answers: Answers, { dir, json }: InitFlags): ExitCode {
  const file = join(dir, name, 'tenant.yaml');
  const text = schemaLine(file, 'tenant') + tenantText(name, answers);
  writeNew(file, text, 'Edit it, or choose another name.');
  const next: Next = [
    [`weir init model ${name}/NAME`, 'writes its first model file'],
    [`weir validate ${dir}`, 'checks everything'],
  ];
  context.out(
    json === true ? JSON.stringify({ file, text, next: next.map(([step, why]) => ({ step, why })) }, null, 2) : writtenText(file, text, next),
  );
  return EXIT.fine;
}
