import { type ConfigProblem, configProblems, type PolicyConfig } from '../config.ts';
import { PROFILES, type Profile, type Rule } from '../rule.ts';

/** What the stack says to the pack, or every mistake in it at once. */
export type PackSettings =
  | { readonly kind: 'settings'; readonly config: PolicyConfig; readonly profile: Profile; readonly ours: boolean }
  | { readonly kind: 'wrong'; readonly message: string };

const POLICIES = 'weir:policies';
const PROFILE = 'weir:profile';

/**
 * Reads the configuration that the engine hands to a pack: a JSON map of texts, by key, in which structured values are JSON again. There is none for
 * `pulumi policy analyze`, which knows of no stack file. Pure.
 */
export function packSettings(configuration: string | undefined, rules: readonly Rule[]): PackSettings {
  const said = mapOf(configuration ?? '{}');
  if (said === null) throw new Error('the engine handed over a configuration that is no JSON');
  const ours = Object.keys(said).some((key) => key.startsWith('weir:') && key !== POLICIES && key !== PROFILE);
  const { [PROFILE]: named = usualProfile(ours), [POLICIES]: written = '{}' } = said;
  const profile = PROFILES.find((each) => each === named);
  const config = mapOf(written);
  const problems = [
    ...(profile === undefined
      ? [line(PROFILE, [], { problem: `${JSON.stringify(named)} is no profile`, remedy: `Use ${PROFILES.join(', ')}.` })]
      : []),
    ...configProblems(config ?? written, rules).map((each) => line(POLICIES, each.path, each)),
  ];
  if (problems.length === 0 && profile !== undefined) return { kind: 'settings', config: config ?? {}, profile, ours };
  const count = problems.length === 1 ? 'is a mistake' : `are ${problems.length} mistakes`;
  return { kind: 'wrong', message: `Weir's policies do not start: there ${count} in the configuration of this stack.\n${problems.join('\n')}` };
}

/** Weir's own stacks are `small` unless they say so (docs/settings.md); of all others nothing is known, and the strictest holds. */
const usualProfile = (ours: boolean): Profile => (ours ? 'small' : 'prod');

function line(key: string, path: ConfigProblem['path'], { problem, remedy }: Pick<ConfigProblem, 'problem' | 'remedy'>): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return `${key}${place}  ${problem}\n  ${remedy}`;
}

function mapOf(text: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof text !== 'string') return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
