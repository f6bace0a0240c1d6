import type { EffectiveGuard } from '../model-file.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { from, isOwn, type Subject } from './subject.ts';

type Part = 'event' | 'share' | 'floor' | 'max' | 'minSamples';

/** What each kind of guard must have, and what else it may. */
const KINDS: Readonly<Record<EffectiveGuard['kind'], { readonly needs: readonly Part[]; readonly may: readonly Part[] }>> = {
  ratio: { needs: ['event', 'share'], may: ['floor'] },
  rate: { needs: ['event', 'share'], may: ['max'] },
  fuse: { needs: ['event'], may: ['max', 'minSamples'] },
  verdict: { needs: [], may: [] },
};
const EXAMPLES: Readonly<Record<Part, string>> = { event: 'event: error', share: 'share: 0.4', floor: '', max: '', minSamples: '' };

/**
 * Guards: each has what its kind reads, and all together spend alpha once. The bound of `slow` is the model's own objective, which its proxy
 * counts in a bucket of its own: no bound can lie between two edges.
 */
export function checkGuards(subject: Subject): readonly Finding[] {
  const { guards } = subject.model.rollout;
  const names = new Set<string>();
  const single = guards.flatMap((guard, index): readonly Finding[] => {
    const path: Path = ['rollout', 'guards', index];
    const twice = names.has(guard.name);
    names.add(guard.name);
    return [
      ...(twice ? [atValue([...path, 'name'], `"${guard.name}" is used twice`, 'Give each guard a name of its own.')] : []),
      ...checkParts(guard, path),
    ];
  });
  return [...single, ...checkShares(subject), ...checkDryRun(subject)];
}

function checkParts(guard: EffectiveGuard, path: Path): readonly Finding[] {
  const { needs, may } = KINDS[guard.kind];
  const missing = needs.filter((part) => guard[part] === undefined).map((part) => atKey([...path, part], 'is missing', `Add ${EXAMPLES[part]}`));
  const parts: readonly Part[] = ['event', 'share', 'floor', 'max', 'minSamples'];
  const strays = parts
    .filter((part) => guard[part] !== undefined && !needs.includes(part) && !may.includes(part))
    .map((part) => atKey([...path, part], `a guard of kind ${guard.kind} has no ${part}`, 'Leave it out.'));
  const blind =
    guard.kind === 'fuse' && guard.event !== undefined && guard.event !== 'error'
      ? [atValue([...path, 'event'], `a fuse does not watch ${guard.event}`, 'A fuse is for disasters: use event: error.')]
      : [];
  return [...missing, ...strays, ...blind];
}

function checkShares(subject: Subject): readonly Finding[] {
  const { guards } = subject.model.rollout;
  const path: Path = ['rollout', 'guards'];
  const sum = guards.reduce((total, { share }) => total + (share ?? 0), 0);
  if (sum <= 1 + 1e-9) return [];
  const shares = guards.flatMap(({ share }) => (share === undefined ? [] : [String(share)])).join(' + ');
  const problem = `the shares of alpha sum to ${Number(sum.toFixed(6))} (${shares})${from(subject, path)}`;
  return [atValue(path, problem, 'Let them sum to 1 at most: together they spend alpha once.')];
}

/** Reports alone stop nobody. */
function checkDryRun(subject: Subject): readonly Finding[] {
  const { guards } = subject.model.rollout;
  const path: Path = ['rollout', 'guards'];
  if (guards.some(({ dryRun, kind }) => !dryRun && kind !== 'verdict') || !isOwn(subject, path)) return [];
  return [atValue(path, 'no guard of these would stop a bad version', 'Add {name: errors, kind: ratio, event: error, share: 0.4}')];
}
