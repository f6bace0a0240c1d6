/**
 * Writes constraints.json: what botocore's service models say of the properties that Weir's types have. Facts (lengths, patterns, lists of values)
 * are taken over, never code. To be run by hand with a newer botocore, and its difference read:
 *
 *     pip download --no-deps botocore && unzip -q botocore-*.whl -d /tmp/botocore
 *     node test/support/inputs/generate-constraints.ts /tmp/botocore/botocore/data 1.44.5 2026-11-21 && npm run format
 */
import { writeFileSync } from 'node:fs';
import { Sdks } from './check-node.ts';
import { CONSTRAINT_SOURCES, type ConstraintSource } from './constraint-sources.ts';
import type { Constraint } from './constraints.ts';
import { ServiceModel, type ServiceShape } from './service-models.ts';
import type { Fields, Shape } from './shape.ts';

/** A longer list is one of instance types and the like, which grows every week and would refuse what is new. */
const MOST_VALUES = 60;
/** Deeper lies nothing that Weir sets, and some requests contain themselves. */
const DEEPEST = 4;
/** Patterns that every text fits: anything printable, anything at all. */
const OPEN = [/^\^?\.[*+]\$?$/, /^\[\\[sS]\\[sS]\]\*$/, /^\\p\{Print\}\+$/, /^\[\\u0020-\\uD7FF/];

const [data, version, date] = process.argv.slice(2);
if (data === undefined || version === undefined || date === undefined) throw new Error('usage: generate-constraints.ts DATA VERSION DATE');

const types: Record<string, Record<string, Constraint>> = {};
for (const [type, source] of Object.entries(CONSTRAINT_SOURCES)) types[type] = constraintsOf(type, source, data);
const file = new URL('constraints.json', import.meta.url);
writeFileSync(
  file,
  `{\n  "source": "botocore ${version}",\n  "date": "${date}",\n  "types": {\n${Object.entries(types).map(typeLines).join(',\n')}\n  }\n}\n`,
);

/** A line per property, which the formatter keeps where it fits, so that a new botocore's difference reads as a list. */
function typeLines([type, found]: readonly [string, Record<string, Constraint>]): string {
  const lines = Object.entries(found).map(([path, constraint]) => `      "${path}": ${JSON.stringify(constraint)}`);
  return lines.length === 0 ? `    "${type}": {}` : `    "${type}": {\n${lines.join(',\n')}\n    }`;
}

function constraintsOf(type: string, source: ConstraintSource, from: string): Record<string, Constraint> {
  const declarations = new Sdks().forType(type);
  const args = declarations?.args(type);
  if (declarations === null || args === null || args === undefined) throw new Error(`the SDK has no ${type}`);
  const model = new ServiceModel(from, source.service);
  const found: Record<string, Constraint> = {};
  const fieldsOf = (shape: Shape): Fields | null => {
    if (shape.kind === 'array') return fieldsOf(shape.of);
    return shape.kind === 'input' ? declarations.input(shape.name) : shape.kind === 'object' ? shape.fields : null;
  };
  const walk = (fields: Fields, service: ServiceShape, path: readonly string[]): void => {
    for (const [name, field] of path.length < DEEPEST ? fields : []) {
      const at = [...path, name];
      const partner = partnerOf(model, service, name, source.names?.[at.join('.')]);
      if (partner === null) continue;
      const inner = fieldsOf(field.shape);
      if (inner !== null && partner.members !== undefined) walk(inner, partner, at);
      const constraint = inner === null ? constraintOf(partner) : null;
      if (constraint !== null) found[at.join('.')] = constraint;
    }
  };
  walk(args, model.request(source.operation, source.at), []);
  return found;
}

/** The member that a property becomes: the one that is named, else one of the same letters, else the only one that ends in them (`name`, `tableName`). */
function partnerOf(model: ServiceModel, service: ServiceShape, name: string, named: string | null | undefined): ServiceShape | null {
  if (named === null) return null;
  const members = Object.entries(service.members ?? {});
  if (named !== undefined) return named.split('.').reduce<ServiceShape>((at, each) => memberOf(model, at, each), service);
  const letters = new Set([plain(name), plain(name).replace(/s$/, ''), `${plain(name)}s`]);
  const same = members.find(([member]) => letters.has(plain(member)));
  const ending = members.filter(([member]) => name.length > 3 && [...letters].some((each) => plain(member).endsWith(each)));
  const [member] = same === undefined ? (ending.length === 1 ? ending : []) : [same];
  return member === undefined ? null : model.element(model.shape(member[1].shape));
}

function memberOf(model: ServiceModel, service: ServiceShape, name: string): ServiceShape {
  const found = Object.entries(model.element(service).members ?? {}).find(([member]) => plain(member) === plain(name));
  if (found === undefined) throw new Error(`no member ${name}`);
  return model.element(model.shape(found[1].shape));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function constraintOf(shape: ServiceShape): Constraint | null {
  if (shape.enum !== undefined) return shape.enum.length > MOST_VALUES ? null : { enum: shape.enum };
  const numeric = ['integer', 'long', 'double', 'float'].includes(shape.type);
  if (shape.type !== 'string' && !numeric) return null;
  const { min, max, pattern } = shape;
  const open = pattern === undefined || OPEN.some((each) => each.test(pattern));
  const constraint = { ...(min === undefined || min === 0 ? {} : { min }), ...(max === undefined ? {} : { max }), ...(open ? {} : { pattern }) };
  return Object.keys(constraint).length === 0 ? null : constraint;
}
