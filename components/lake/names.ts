import { lakeType } from '../../runtime/model/check/lake.ts';
import { type Column, inputColumns, outputColumns } from '../../runtime/model/check/names.ts';
import type { LoadedModel } from '../../runtime/model/loaded.ts';
import { atKey } from '../../runtime/model/read/locate.ts';
import type { Problem } from '../../runtime/model/read/problem.ts';
import { memberName } from './columns.ts';

/**
 * Names of logged fields that the lake cannot have: with a hyphen, which no type of Hive's may hold, or that are one name there and two in the files. Records
 * would lose them without a word. @param models Of one tenant.
 */
export function lakeNameProblems(models: readonly LoadedModel[]): readonly Problem[] {
  return [...problemsOf(models, inputColumns), ...problemsOf(models, outputColumns)];
}

interface Seen {
  readonly name: string;
  readonly type: string;
  readonly model: string;
}

function problemsOf(models: readonly LoadedModel[], columnsOf: (subject: LoadedModel) => readonly Column[]): readonly Problem[] {
  const seen = new Map<string, Seen>();
  return models.flatMap((loaded) =>
    columnsOf(loaded).flatMap(({ name, field, path }): readonly Problem[] => {
      const type = lakeType(field);
      if (type === null) return [];
      if (name.includes('-')) {
        return [
          loaded.locate(atKey(path, `"${name}" has a hyphen, and no column of the lake may`, `Name it ${name.replaceAll('-', '_')}, or log: drop.`)),
        ];
      }
      const member = memberName(name);
      const before = seen.get(member);
      if (before === undefined) seen.set(member, { name, type, model: loaded.model.model });
      const same = before === undefined || before.name === name || (before.type === type && before.model !== loaded.model.model);
      if (same) return [];
      const problem = `"${name}" is "${member}" in the lake, and so is "${before.name}" of ${before.model}`;
      return [loaded.locate(atKey(path, problem, 'The lake knows neither capitals nor dots: rename one of them.'))];
    }),
  );
}
