import { join } from 'node:path';
import { ArgsError, hasCode } from '../errors.ts';
import { createWhole } from '../files.ts';
import type { ModelAction } from '../model/status.ts';
import { listFolder, membersOf, readObject } from './folder.ts';
import { checkLabel, isLabel, parseKey } from './names.ts';
import { Conflict } from './port.ts';

type Request = Omit<ModelAction, 'status'>;
type Answer = NonNullable<ModelAction['status']>;

const MAX_REASON_BYTES = 4096;
const REMEDY = 'Remove the file and ask again under another name.';

/**
 * ModelActions in one folder: `<name>.json` is the request, `<name>.answer.json` the answer. Each is created whole and once, by
 * whichever process is first, and never changed, so what was read needs no reading again.
 */
export class ActionFiles {
  readonly #folder: string;
  readonly #report: (problem: ArgsError) => void;
  #known = new Map<string, ModelAction>();

  constructor(folder: string, report: (problem: ArgsError) => void) {
    this.#folder = folder;
    this.#report = report;
  }

  /** Of one model, by creation time, then name. A file that cannot be read is reported and its action left out. */
  list(key: string): ModelAction[] {
    const { tenant, name } = parseKey(key);
    this.#look();
    return [...this.#known.values()]
      .filter(({ spec }) => spec.tenant === tenant && spec.model === name)
      .sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.name, b.name));
  }

  /** False when the name is taken. */
  create(request: Request): boolean {
    checkLabel('action.name', request.name);
    parseKey(`${request.spec.tenant}/${request.spec.model}`);
    const bytes = Buffer.byteLength(request.spec.reason);
    if (bytes > MAX_REASON_BYTES) throw new ArgsError('action.reason', `${bytes} bytes`, `Give a reason of at most ${MAX_REASON_BYTES} bytes.`);
    return createWhole(this.#fileOf(request.name), `${JSON.stringify({ kind: 'weir.objects/ModelAction', v: 1, ...request }, null, 2)}\n`);
  }

  /** Throws Conflict for the second answer, ArgsError when nobody asked. */
  answer(name: string, answer: Answer): void {
    checkLabel('action.name', name);
    if (!listFolder(this.#folder).includes(`${name}.json`))
      throw new ArgsError(`action ${name}`, 'does not exist', 'Answer an action that was created.');
    const content = { kind: 'weir.objects/ModelActionAnswer', v: 1, ...answer };
    if (!createWhole(this.#answerOf(name), `${JSON.stringify(content, null, 2)}\n`)) throw new Conflict(`action ${name} was answered before`);
  }

  #look(): void {
    const files = new Set(listFolder(this.#folder));
    const names = [...files].filter((file) => file.endsWith('.json') && isLabel(file.slice(0, -5))).map((file) => file.slice(0, -5));
    const known = new Map<string, ModelAction>();
    for (const name of names) {
      const before = this.#known.get(name);
      const settled = before !== undefined && (before.status !== null || !files.has(`${name}.answer.json`));
      const action = settled ? before : this.#read(name, files.has(`${name}.answer.json`));
      if (action !== null) known.set(name, action);
    }
    this.#known = known;
  }

  #read(name: string, answered: boolean): ModelAction | null {
    try {
      const isIt = (value: unknown): value is Request => isRequest(value, name);
      const { uid, createdAt, spec } = readObject(this.#fileOf(name), isIt, REMEDY);
      const status = answered ? readObject(this.#answerOf(name), isAnswer, REMEDY) : null;
      return { name, uid, createdAt, spec, status: status && { result: status.result, message: status.message, at: status.at } };
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null; // removed by hand since it was listed
      if (!(error instanceof ArgsError)) throw error;
      this.#report(error);
      return null;
    }
  }

  #fileOf(name: string): string {
    return join(this.#folder, `${name}.json`);
  }

  #answerOf(name: string): string {
    return join(this.#folder, `${name}.answer.json`);
  }
}

function isRequest(value: unknown, expected: string): value is Request {
  const { kind, v, name, uid, createdAt, spec } = membersOf(value);
  const { tenant, model, action, reason } = membersOf(spec);
  const texts = [uid, createdAt, tenant, model, action, reason];
  return kind === 'weir.objects/ModelAction' && v === 1 && name === expected && texts.every((text) => typeof text === 'string');
}

function isAnswer(value: unknown): value is Answer {
  const { kind, v, result, message, at } = membersOf(value);
  return kind === 'weir.objects/ModelActionAnswer' && v === 1 && [result, message, at].every((text) => typeof text === 'string');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b); // code units, never localeCompare: an order that no locale changes
}
