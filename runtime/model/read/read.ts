import type { FeaturesFile } from '../features-file.ts';
import type { ModelFile } from '../model-file.ts';
import type { TenantFile } from '../tenant-file.ts';
import { hiddenByForm } from './hidden.ts';
import { type Finding, type Path, pathText } from './locate.ts';
import { mend } from './mend.ts';
import { type Problem, sortProblems } from './problem.ts';
import type { SchemaCheck } from './schema-check.ts';
import { compileFeaturesCheck, compileModelCheck, compileTenantCheck } from './schemas.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** A file that its schema passes, or every problem with it at once, in the order of the file. */
export type Read<File> =
  | { readonly kind: 'file'; readonly file: File; readonly yaml: YamlFile }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[]; readonly left?: Left<File> };

/** What a file would be without the parts that its schema refuses. */
export interface Left<File> {
  readonly file: File;
  readonly yaml: YamlFile;
  readonly damaged: readonly Path[];
}

/** Reads the text of one file; the path is only shown. */
export type Reader<File> = (path: string, text: string) => Read<File>;

export interface Readers {
  readonly model: Reader<ModelFile>;
  readonly tenant: Reader<TenantFile>;
  readonly features: Reader<FeaturesFile>;
}

/** Readers of the three kinds of file. Compiles their schemas, which takes a tenth of a second: once for many files. */
export function createReaders(): Readers {
  const nothing = (): readonly Finding[] => [];
  return {
    model: reader(compileModelCheck(), isModelFile, hiddenByForm),
    tenant: reader(compileTenantCheck(), isTenantFile, nothing),
    features: reader(compileFeaturesCheck(), isFeaturesFile, nothing),
  };
}

/** `more` sees files that the schema passes: what nobody could see any more once the file is in its normal form. */
function reader<File>(check: SchemaCheck, isFile: Proof<File>, more: (file: File) => readonly Finding[]): Reader<File> {
  return (path, text) => {
    const { yaml, problems } = readYaml(path, text);
    if (yaml === null) return { kind: 'problems', problems: sortProblems(problems) };
    const { data } = yaml;
    const misread = new Set(yaml.misread.map((finding) => pathText(finding.path)));
    const misfits = [...yaml.misread, ...check(data).filter(({ path: place }) => !misread.has(pathText(place)))]; // one mistake, told once
    const found = isFile(data, misfits) ? more(data) : misfits;
    if (isFile(data, found) && problems.length === 0) return { kind: 'file', file: data, yaml };
    const told = sortProblems([...problems, ...found.map((finding) => yaml.locate(finding))]);
    const mended = problems.length === 0 ? mend(data, check) : null;
    const left = mended !== null && isFile(mended.data, []) ? { file: mended.data, yaml, damaged: damagedBy(found, mended.damaged) } : null;
    return { kind: 'problems', problems: told, ...(left === null ? {} : { left }) };
  };
}

/** Where nothing that is said can be relied on: what was taken out, and what is right in form and still told. */
const damagedBy = (found: readonly Finding[], taken: readonly Path[]): readonly Path[] => [...taken, ...found.map(({ path }) => path)];

/** Nothing found by the schema: that is the proof of the type. */
type Proof<File> = (data: unknown, findings: readonly Finding[]) => data is File & object;
const isModelFile = (_data: unknown, findings: readonly Finding[]): _data is ModelFile => findings.length === 0;
const isTenantFile = (_data: unknown, findings: readonly Finding[]): _data is TenantFile => findings.length === 0;
const isFeaturesFile = (_data: unknown, findings: readonly Finding[]): _data is FeaturesFile => findings.length === 0;
