import type { FeatureService } from '../../features/catalogue.ts';
import { checkModel } from '../check/model.ts';
import { secretsIn } from '../check/secret-findings.ts';
import { type Below, effectiveModel, type Layered } from '../layers/effective.ts';
import type { Origins } from '../layers/origin.ts';
import { originsOf } from '../layers/origins.ts';
import type { DoubtfulModel, LoadedModel, TenantModel } from '../loaded.ts';
import type { ModelFile } from '../model-file.ts';
import { asWritten } from './as-written.ts';
import type { Finding, Path } from './locate.ts';
import { type Problem, sortProblems } from './problem.ts';
import type { Reader } from './read.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** What lies around the model files of one tenant. */
export interface ModelReading {
  readonly tenant: string;
  readonly below: Below;
  /** A place of the tenant's `defaults`: `tenants/payments/tenant.yaml:7`. */
  readonly place: (path: Path) => string;
  /** The feature service of this name; null when there is none that the tenant may read. */
  readonly service: (reference: string) => FeatureService | null;
}

export type ReadModel =
  | { readonly kind: 'model'; readonly loaded: LoadedModel }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[]; readonly doubtful: DoubtfulModel | null };

/** Reads the text of one model file: its whole effective spec, or every problem that the file alone shows, in the order of the file. */
export function readModel(path: string, text: string, reader: Reader<ModelFile>, reading: ModelReading): ReadModel {
  const read = reader(path, text);
  const keep = (of: TenantModel): LoadedModel => new Kept(path, text, of, reader, reading);
  if (read.kind === 'problems') {
    const { problems, left } = read;
    if (left === undefined) return { kind: 'problems', problems, doubtful: null };
    const rest: TenantModel = { tenant: reading.tenant, ...layeredOf(left.file, reading).model };
    return { kind: 'problems', problems, doubtful: { loaded: keep(rest), damaged: left.damaged } };
  }
  const layered = layeredOf(read.file, reading);
  const model: TenantModel = { tenant: reading.tenant, ...layered.model };
  let origins: Origins | undefined; // only what is wrong asks for them
  const locate = (finding: Finding): Problem => located(read.yaml, finding);
  const findings = checkModel({
    model,
    get origins() {
      origins ??= originsFor(layered, reading, read.yaml);
      return origins;
    },
  });
  if (findings.some(({ level }) => level !== 'warning')) {
    const problems = sortProblems([...findings.map(locate), ...secretsIn(model, locate)]);
    return { kind: 'problems', problems, doubtful: { loaded: keep(model), damaged: findings.map(({ path: place }) => place) } };
  }
  return { kind: 'model', loaded: keep(model) };
}

const layeredOf = (file: ModelFile, { below, service }: ModelReading): Layered =>
  effectiveModel({ file, below, service: file.features === undefined ? null : service(file.features.service) });

const located = (yaml: YamlFile, finding: Finding): Problem => yaml.locate({ ...finding, path: asWritten(yaml.data, finding.path) });

function originsFor(layered: Layered, { below, place }: ModelReading, yaml: YamlFile): Origins {
  const line = (path: Path): number => yaml.locate({ path: asWritten(yaml.data, path), at: 'value', problem: '', remedy: '' }).line;
  return originsOf(layered, { profile: below.profile.name, file: (path) => `line ${line(path)}`, tenant: place });
}

/** Thousands are kept at once: the text stays, the parsed document and the origins do not. */
class Kept implements LoadedModel {
  readonly path: string;
  readonly model: TenantModel;
  readonly #text: string;
  readonly #reader: Reader<ModelFile>;
  readonly #reading: ModelReading;
  #known: WeakRef<Origins> | undefined; // asked for many times in a row, or never

  constructor(path: string, text: string, model: TenantModel, reader: Reader<ModelFile>, reading: ModelReading) {
    this.path = path;
    this.model = model;
    this.#text = text;
    this.#reader = reader;
    this.#reading = reading;
  }

  get origins(): Origins {
    const known = this.#known?.deref();
    if (known !== undefined) return known;
    const read = this.#reader(this.path, this.#text);
    const readable = read.kind === 'file' ? read : read.left;
    if (readable === undefined) throw new Error(`${this.path} was readable when it was loaded`);
    const origins = originsFor(layeredOf(readable.file, this.#reading), this.#reading, readable.yaml);
    this.#known = new WeakRef(origins);
    return origins;
  }

  locate(finding: Finding): Problem {
    const { yaml } = readYaml(this.path, this.#text);
    if (yaml === null) throw new Error(`${this.path} was YAML when it was loaded`);
    return located(yaml, finding);
  }
}
