import { secondsOf } from '../duration.ts';
import { riskMinimum } from '../layers/risk.ts';
import { atValue, type Finding, type Path } from '../read/locate.ts';
import { isLocal, type Placed, placeText } from './world.ts';

/** A label or an outcome is joined to its prediction: that must still be there. */
export function checkRetention({ loaded, tenant, world }: Placed): readonly Finding[] {
  if (tenant === null) return [];
  const { model } = loaded;
  const kept = tenant.tenant.retention.predictions;
  const place = (): string => placeText(tenant.locateTenant(atValue(['retention', 'predictions'], '', '')));
  const times: readonly (readonly [Path, string | undefined, string])[] = [
    ...model.labels.flatMap(({ delay, horizon }, index) => [
      [['labels', index, 'delay'], delay, 'delay'] as const,
      [['labels', index, 'horizon'], horizon, 'horizon'] as const,
    ]),
    ...model.outcomes.map(({ window }, index) => [['outcomes', index, 'window'], window, 'window'] as const),
  ];
  const late = times.flatMap(([path, time, word]): readonly Finding[] => {
    if (time === undefined || secondsOf(time) <= secondsOf(kept)) return [];
    return [
      atValue(path, `${time} is later than the tenant keeps predictions (retention ${kept})`, `raise retention in ${place()}, or lower the ${word}`),
    ];
  });
  const least = riskMinimum(model.risk).predictions;
  if (isLocal(world) || secondsOf(kept) >= secondsOf(least)) return late;
  const problem = `${model.risk} asks for predictions to be kept for ${least}, and the tenant keeps them for ${kept}`;
  return [...late, atValue(['risk'], problem, `raise retention.predictions in ${place()}`)];
}
