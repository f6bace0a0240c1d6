import { ArgsError } from '../../runtime/errors.ts';
import { problemText } from '../../runtime/model/read/problem.ts';
import { compileCheck } from '../../runtime/model/read/schema-check.ts';
import { readText } from '../../runtime/model/read/text.ts';
import { readYaml } from '../../runtime/model/read/yaml.ts';
import type { RenderEnvironment } from '../../runtime/model/render/types.ts';
import { EXAMPLE_ENVIRONMENT } from './environment.ts';
import { ENVIRONMENT_SCHEMA } from './environment-schema.ts';

/** An environment, and the line that says where its values come from. */
export interface NamedEnvironment {
  readonly environment: RenderEnvironment;
  readonly said: string;
}

/** The environment of a YAML or JSON file; without one the example. Throws ArgsError with everything that is wrong with the file. */
export function readEnvironment(file: string | undefined): NamedEnvironment {
  if (file === undefined) return { environment: EXAMPLE_ENVIRONMENT, said: 'environment: example values; --environment FILE for yours' };
  const text = readText(file);
  if (typeof text !== 'string') throw new ArgsError('--environment', problemText(text), 'Nothing was rendered.');
  const { yaml, problems } = readYaml(file, text);
  const data = yaml?.data;
  const findings = yaml === null ? [] : compileCheck(ENVIRONMENT_SCHEMA)(data);
  const all = [...problems, ...findings.flatMap((finding) => (yaml === null ? [] : [yaml.locate(finding)]))];
  if (!isEnvironment(data, all.length))
    throw new ArgsError('--environment', `${file} has problems\n${all.map(problemText).join('\n')}`, 'Nothing was rendered.');
  return { environment: data, said: `environment: ${file}` };
}

/** Nothing found by the schema: that is the proof of the type. */
const isEnvironment = (_data: unknown, problems: number): _data is RenderEnvironment => problems === 0;
