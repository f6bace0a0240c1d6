import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { isOwn, type Subject } from './subject.ts';

/** What each serving pattern needs, and what belongs to another one. */
export function checkPatterns(subject: Subject): readonly Finding[] {
  const { model } = subject;
  const { pattern } = model;
  const findings: Finding[] = [];
  if (pattern === 'batch' && model.batch === undefined) {
    findings.push(atKey(['batch'], 'is missing', 'Add batch: {schedule: "0 2 * * *", from: customers, to: churn_scores}'));
  }
  if (pattern === 'streaming' && model.streaming === undefined) {
    findings.push(atKey(['streaming'], 'is missing', 'Add streaming: {from: clicks, to: click-scores}'));
  }
  for (const section of ['batch', 'async', 'streaming'] as const) {
    if (model[section] !== undefined && pattern !== section && isOwn(subject, [section])) {
      findings.push(atKey([section], `a model of pattern ${pattern} has no ${section} section`, `Say pattern: ${section}, or leave it out.`));
    }
  }
  if (model.streaming !== undefined && model.streaming.from === model.streaming.to) {
    findings.push(
      atValue(['streaming', 'to'], `"${model.streaming.to}" is read and written`, 'A topic that feeds itself never ends: write to another one.'),
    );
  }
  if (model.batch !== undefined && model.batch.from === model.batch.to) {
    findings.push(atValue(['batch', 'to'], `"${model.batch.to}" is read and written`, 'Write to another table.'));
  }
  return [...findings, ...checkNobodyCalls(subject)];
}

/** A table or a topic is scored by a job: nobody calls, so that there is no route, no user to keep and no request to copy. */
function checkNobodyCalls(subject: Subject): readonly Finding[] {
  const { model, pattern, rollout, route } = subject.model;
  if (pattern !== 'batch' && pattern !== 'streaming') return [];
  const usual = route.host === undefined && route.path === `/v2/models/${model}`; // as an effective spec says it
  const strays: readonly (readonly [Path, string])[] = [
    ...(usual ? [] : [[['route'], 'route'] as const]),
    [['rollout', 'stickiness'], 'user to keep'],
    [['rollout', 'preview'], 'request with a header'],
  ];
  const findings = strays
    .filter(([path]) => isOwn(subject, path))
    .map(([path, what]) => atKey(path, `nobody calls a model of pattern ${pattern}: it has no ${what}`, 'Leave it out.'));
  const shadows = rollout.steps.flatMap((step, index): readonly Finding[] => {
    const path: Path = ['rollout', 'steps', index, 'shadow'];
    if (!('shadow' in step) || !isOwn(subject, path)) return [];
    return [
      atKey(path, `a model of pattern ${pattern} has no requests to copy`, 'Leave the shadow step out: steps of weight score a share of the rows.'),
    ];
  });
  return [...findings, ...shadows];
}
