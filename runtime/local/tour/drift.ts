import { MissingLine, type TourContext } from './context.ts';
import { noneFailed } from './rollouts.ts';

/** Part 1: v1 serves; windows close; verdicts appear; accuracy is estimated at once and measured when labels mature. */
export async function watching(tour: TourContext): Promise<void> {
  const before = tour.options.replays.stats();
  const serving = await tour.seen('a version serves', 60, (model) => model.stableVersion !== null && model);
  tour.print({
    at: serving.history.at(-1)?.at ?? new Date().toISOString(),
    text: `${serving.key} ${serving.stableVersion} serves`,
    record: 'status',
  });
  const judged = await tour.seen('verdicts on closed hours', 90, ({ drift }) => {
    const cells = drift?.features.flatMap((feature) => feature.cells.filter((cell) => cell !== null)) ?? [];
    return cells.some(({ psi }) => psi !== null) && { drift, cells };
  });
  const count = (level: string): number => judged.cells.filter((cell) => cell.level === level).length;
  const hours = judged.drift?.windows.length ?? 0;
  const text = `${hours} hours judged: ${count('ok')} verdicts ok, ${count('warn')} warn, ${count('critical')} critical, ${count('insufficient')} not judged (too few rows, or moving by themselves)`;
  tour.print({ at: new Date().toISOString(), text, record: 'drift/verdicts' });
  await performance(tour, 'estimated', 60);
  await performance(tour, 'realised', 180);
  noneFailed(tour, before, 'by version 1');
}

/** Rows of an hour whose figures are worth a line. */
const ENOUGH = 200;

async function performance(tour: TourContext, kind: 'estimated' | 'realised', seconds: number): Promise<void> {
  const { found, drift } = await tour.seen(`${kind} AUC`, seconds, (model) => {
    const judged = new Set(
      model.drift?.features.flatMap(({ cells }) => cells.flatMap((cell, at) => ((cell?.n ?? 0) >= ENOUGH ? [model.drift?.windows[at]] : []))),
    );
    const one = model.drift?.performance.findLast(
      (entry) =>
        entry.kind === kind && entry.auc !== null && judged.has(entry.at) && (kind === 'estimated' || (entry.mature && entry.labelled >= ENOUGH)),
    );
    return one !== undefined && model.drift !== null && { found: one, drift: model.drift };
  });
  const hour = new Date(found.at).toISOString().slice(0, 16);
  const basis =
    kind === 'estimated' ? 'from scores alone, before any label' : `on ${found.labelled.toLocaleString('en')} labels that arrived 24 h later`;
  const text = `AUC ${kind} ${found.auc?.toFixed(3)} for the predictions of ${hour}, ${basis} (hold-out ${drift.referenceAuc?.toFixed(3)})`;
  tour.print({ at: new Date().toISOString(), text, record: 'drift/state' });
}

/** Part 4: a unit changes upstream. Critical on one feature; labels show no harm; nobody is paged, and the verdict says why. */
export async function upstreamChange(tour: TourContext): Promise<void> {
  await tour.mark();
  const from = await tour.records.now();
  await tour.inject('km', true);
  try {
    await tour.told('critical drift of distance', 120, ({ kind, text }) => kind === 'DriftCritical' && text.includes('distance'));
    await tour.told('harm measured on matured labels', 300, ({ kind, text }) => kind === 'HarmlessDrift' && text.includes('distance'));
  } finally {
    await tour.inject('km', false);
  }
  const paged = (await tour.records.all(from)).filter(({ kind }) => kind === 'Page');
  if (paged.length > 0) throw new MissingLine(`somebody was paged: ${paged[0]?.text}`);
  tour.print({ at: new Date().toISOString(), text: 'nobody was paged: no record of a page since the change', record: 'weir.audit' });
}
