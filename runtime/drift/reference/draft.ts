import type { FieldSpec } from '../../model/types.ts';
import { categoryGroups } from '../bins.ts';
import { emptyEdges, planEdges } from '../edges.ts';
import type { Sql } from '../executors/duckdb/connection.ts';
import { identifier } from '../executors/duckdb/literals.ts';
import { categorySql, numericSql } from '../executors/duckdb/sql.ts';
import type { CategoricalReference, NumericReference } from '../types.ts';
import { dtypeOf } from '../values.ts';
import { edgesId } from './codec.ts';
import { dictionaryOf } from './dictionary.ts';
import { type ReferenceOptions, roleOf, rowsOf } from './options.ts';
import { orderStatistics } from './order-statistics.ts';

/** A feature's reference without its counts: what bins are, before anything is counted. */
export type Draft = Omit<NumericReference, 'counts' | 'slots'> | Omit<CategoricalReference, 'counts' | 'slots'>;

/** Bins of one field, from its own rows. A numeric field without a finite value gets the two outermost edges. */
export async function draftFeature(sql: Sql, options: ReferenceOptions, field: FieldSpec, weight: number): Promise<Draft> {
  const role = roleOf(field, options);
  const base = { name: field.name, role, weight };
  const column = identifier(field.name);
  const rows = rowsOf(role, options);
  if (field.kind === 'categorical') {
    const { top, known } = await dictionaryOf(sql, `SELECT ${categorySql(column)} AS v FROM ${rows}`);
    return { ...base, kind: 'categorical', top, known, g10: categoryGroups(top.length) };
  }
  const dtype = dtypeOf(field);
  const found = await orderStatistics(sql, `SELECT ${numericSql(column, dtype)} AS v FROM ${rows}`);
  const plan = found === null ? emptyEdges() : planEdges(found);
  const { min, max, q } = found ?? { min: 0, max: 0, q: { '001': 0, '25': 0, '50': 0, '75': 0, '999': 0 } };
  return { ...base, kind: 'numeric', dtype, ...plan, edgesId: edgesId(plan.edges), min, max, q };
}
