import { messageOf } from '../errors.ts';
import type { Get } from '../kubernetes/get.ts';
import { listAll } from '../kubernetes/list.ts';
import { directoryOf, type ModelDirectory } from './directory.ts';
import { type FallbackModel, fallbackModel } from './model.ts';

export const MODELS_PATH = '/apis/weir.dev/v1alpha1/models';

export interface KnownModelsDeps {
  /** Opens the API server anew: with the token as its file has it now. */
  readonly open: () => Promise<Get>;
  /** Seconds between two lists. */
  readonly periodSeconds: number;
  /** [0, 1): spreads the lists of several processes. */
  readonly random: () => number;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonic: () => number;
  /** Resolves after this long, or at once when the process ends. */
  readonly pause: (ms: number) => Promise<void>;
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
}

/** A period is this much shorter or longer, so that two processes that began together do not ask together for ever. */
const JITTER = 0.2;

/** The models of the cluster as they were when the API server last said so: an API server that is down takes no fallback with it. */
export class KnownModels {
  readonly #deps: KnownModelsDeps;
  #directory: ModelDirectory = directoryOf([]);
  #listedAt: number | null = null;
  /** Lists that failed since the process began. */
  failures = 0;
  /** Objects of the last list that could not be read. */
  unreadable = 0;
  #said = '';

  constructor(deps: KnownModelsDeps) {
    this.#deps = deps;
  }

  get directory(): ModelDirectory {
    return this.#directory;
  }

  /** Since the last list; null before the first one. */
  get ageSeconds(): number | null {
    return this.#listedAt === null ? null : (this.#deps.monotonic() - this.#listedAt) / 1_000;
  }

  /** Lists again and again until `stop`. Before the first list it asks ten times as often: until then nothing can be answered. */
  async keep(): Promise<void> {
    const { periodSeconds, random, pause, stop } = this.#deps;
    while (!stop.aborted) {
      await this.look();
      const period = this.#listedAt === null ? periodSeconds / 10 : periodSeconds;
      await pause(period * 1_000 * (1 + JITTER * (2 * random() - 1)));
    }
  }

  /** One list. A failure is said and counted, and the last list stays. */
  async look(): Promise<void> {
    try {
      const items = await listAll(await this.#deps.open(), MODELS_PATH);
      this.#take(items);
    } catch (error) {
      this.failures += 1;
      const age = this.ageSeconds;
      this.#say(`models could not be listed${age === null ? '' : `, those of ${Math.round(age)} s ago stay`}: ${messageOf(error)}`, messageOf(error));
    }
  }

  #take(items: readonly unknown[]): void {
    const models: FallbackModel[] = [];
    const problems: string[] = [];
    for (const item of items) {
      try {
        const model = fallbackModel(item);
        if (model !== null) models.push(model);
      } catch (error) {
        problems.push(messageOf(error));
      }
    }
    const before = this.#listedAt === null ? -1 : this.#directory.size;
    this.#directory = directoryOf(models);
    this.#listedAt = this.#deps.monotonic();
    this.unreadable = problems.length;
    const [first] = problems;
    if (first !== undefined) this.#say(`${problems.length} models cannot be read: ${first}`, first);
    else if (before !== models.length || this.#said !== '') this.#say(`${models.length} models known`, '');
  }

  /** The same problem is said once. @param about Names it; empty when all is well. */
  #say(line: string, about: string): void {
    if (about !== '' && about === this.#said) return;
    this.#said = about;
    this.#deps.say(line);
  }
}
