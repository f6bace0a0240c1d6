import type { LoadedModel } from '../loaded.ts';
import type { EffectiveDatatype, EffectiveField } from '../model-file.ts';
import { atKey } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import { type Column, inputColumns, outputColumns } from './names.ts';
import { placeText, type World } from './world.ts';

/**
 * One name, one type: features and outputs of all models of a tenant are the members of two structs of one table (30-platform, 3.7). A hash is
 * text there, whatever it was made from; what is dropped is no member.
 */
export function checkTypes({ models }: World): readonly Problem[] {
  return [...models.values()].flatMap((ofTenant) => [...conflicts(ofTenant, inputColumns), ...conflicts(ofTenant, outputColumns)]);
}

interface Seen {
  readonly loaded: LoadedModel;
  readonly column: Column;
  readonly type: string;
}

function conflicts(models: readonly LoadedModel[], columnsOf: (subject: LoadedModel) => readonly Column[]): readonly Problem[] {
  const seen = new Map<string, Seen>();
  return models.flatMap((loaded) =>
    columnsOf(loaded).flatMap((column): readonly Problem[] => {
      const type = lakeType(column.field);
      const name = column.name.toLowerCase(); // the lake knows no capitals
      const before = seen.get(name);
      if (type === null) return [];
      if (before === undefined) seen.set(name, { loaded, column, type });
      return before === undefined || before.type === type ? [] : [conflict(loaded, column, before)];
    }),
  );
}

function conflict(loaded: LoadedModel, { name, field, path }: Column, before: Seen): Problem {
  const at = placeText(before.loaded.locate(atKey(before.column.path, '', '')));
  const problem = `"${name}" is ${words(field)}, and ${words(before.column.field)} in ${before.loaded.model.model} (${at})`;
  return loaded.locate(
    atKey(path, problem, 'A name has one type per tenant: its values share one column of the lake. Rename one, or make them alike.'),
  );
}

const TYPES: Readonly<Record<EffectiveDatatype, string>> = {
  BOOL: 'boolean',
  INT32: 'int',
  INT64: 'bigint',
  FP32: 'float',
  FP64: 'double',
  BYTES: 'string',
};

/** The type of the column's values in the lake; null: it has none. */
export function lakeType({ datatype, shape, log }: EffectiveField): string | null {
  if (log === 'drop') return null;
  const one = log === 'hash' ? 'string' : TYPES[datatype];
  return shape > 1 && log === 'full' ? `list of ${one}` : one;
}

function words({ datatype, shape, log }: EffectiveField): string {
  return log === 'hash' ? 'logged as a hash' : shape > 1 ? `${shape} values of ${datatype}` : datatype;
}
