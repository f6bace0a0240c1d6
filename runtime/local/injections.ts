import { join } from 'node:path';
import { ArgsError } from '../errors.ts';
import { readJsonIfThere, writeWhole } from '../files.ts';
import type { InjectionName, InjectionView } from './view.ts';

/** What each injection does to the world around the platform; the replay and the model workers do it, never a script. */
export const INJECTIONS: Readonly<Record<InjectionName, { readonly text: string; readonly where: 'data' | 'serving' | 'features' }>> = {
  km: { text: 'distance arrives in kilometres instead of miles', where: 'data' },
  'utc-hour': { text: 'hour arrives in UTC instead of local time (+6 h)', where: 'data' },
  nulls: { text: 'three in ten distances are missing', where: 'data' },
  stale: { text: 'the late-landing features stop changing', where: 'data' },
  'stop-traffic': { text: 'no requests arrive', where: 'data' },
  slow: { text: 'the newest version answers 700 ms later, past its budget', where: 'serving' },
  errors: { text: 'the newest version fails one request in ten', where: 'serving' },
  'slow-features': { text: 'the feature store answers 700 ms later', where: 'features' },
};

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the record's type says that these are its keys
export const INJECTION_NAMES = Object.keys(INJECTIONS) as readonly InjectionName[];

export function assertInjection(name: unknown): InjectionName {
  const found = INJECTION_NAMES.find((one) => one === name);
  if (found === undefined) throw new ArgsError('injection', `"${String(name)}" is not one`, `Use one of: ${INJECTION_NAMES.join(', ')}.`);
  return found;
}

/** Which injections are on, kept in `injections.json` of the state folder, so that they outlive a kill and every process sees them. */
export function readInjections(state: string): readonly InjectionName[] {
  return readJsonIfThere(fileOf(state), isNames, 'Remove the file: all injections are off then.') ?? [];
}

function isNames(value: unknown): value is readonly InjectionName[] {
  return Array.isArray(value) && value.every((name) => INJECTION_NAMES.some((one) => one === name));
}

export function writeInjection(state: string, name: InjectionName, active: boolean): readonly InjectionName[] {
  const others = readInjections(state).filter((one) => one !== name);
  const next = active ? [...others, name] : others;
  writeWhole(fileOf(state), JSON.stringify(next));
  return next;
}

/** @param reads Whether some model reads features: else there is nothing to be slow. */
export function viewInjections(active: readonly InjectionName[], reads: boolean): readonly InjectionView[] {
  const shown = INJECTION_NAMES.filter((name) => reads || INJECTIONS[name].where !== 'features' || active.includes(name));
  return shown.map((name) => ({ name, active: active.includes(name), text: INJECTIONS[name].text }));
}

const fileOf = (state: string): string => join(state, 'injections.json');
