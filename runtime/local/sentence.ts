import type { InjectionView, ModelView, View } from './view.ts';

type Sentence = View['sentence'];

/** Is anything wrong, since when, what did Weir do, must I act? The worst first, in words (70-experience, "The page"). */
export function sentenceOf(models: readonly ModelView[], injections: readonly InjectionView[], now: number): Sentence {
  if (models.length === 0) return { level: 'attention', text: 'No models yet: add a model file to the tenants folder.' };
  const said = models.map((model) => ofModel(model, now));
  const on = injections.filter(({ active }) => active).map(({ name }) => name);
  const cause = on.length === 0 ? '' : ` Switched on by hand: ${on.join(', ')}.`;
  for (const level of ['alarm', 'attention'] as const) {
    const these = said.filter((one) => one.level === level);
    if (these.length > 0) return { level, text: these.map(({ text }) => text).join(' ') + cause };
  }
  const serving = models.length === 1 ? (said[0]?.text ?? '') : `All ${models.length} models healthy.`;
  return { level: 'ok', text: serving + cause };
}

function ofModel(model: ModelView, now: number): Sentence {
  const name = model.key.split('/')[1] ?? model.key;
  if (model.stableVersion === null) {
    return { level: 'attention', text: `${name} does not serve yet: ${model.history.at(-1)?.message ?? 'it is starting'}.` };
  }
  return (
    servingSentence(model, name) ??
    rolloutSentence(model, name, now) ??
    driftSentence(model, name) ?? { level: 'ok', text: `${name} ${model.stableVersion} is healthy.${lockedLately(model, now)}` }
  );
}

/** The last five seconds of answers: a declared fallback is an answer, but not the model's. */
function servingSentence(model: ModelView, name: string): Sentence | null {
  const unready = model.conditions.find(({ type, status }) => type === 'Ready' && !status);
  if (unready !== undefined && !unready.message.endsWith('is loading')) {
    return { level: 'alarm', text: `${name} ${model.stableVersion} does not serve: ${unready.message}. Callers get the declared fallback.` };
  }
  const last = model.samples.slice(-5);
  const requests = last.reduce((sum, { stable }) => sum + stable.requests, 0);
  const failed = last.reduce((sum, { stable }) => sum + stable.errors, 0);
  if (requests < 20 || failed / requests < 0.05) return null;
  const share = Math.round((100 * failed) / requests);
  return { level: 'alarm', text: `${name} ${model.stableVersion} fails ${share} % of its requests; callers get the declared fallback.` };
}

const RECENT_MS = 10 * 60_000;

function rolloutSentence(model: ModelView, name: string, now: number): Sentence | null {
  const held = model.conditions.find(({ type, status }) => type === 'Held' && status);
  const candidate = model.candidateVersion;
  if (model.phase === 'RollingBack')
    return { level: 'attention', text: `${name} ${candidate ?? ''} is being rolled back; ${model.stableVersion} serves.` };
  if (held !== undefined) return { level: 'attention', text: `${name} ${candidate ?? ''} is held (${held.reason}): ${inShort(held.message)}.` };
  const last = model.history.at(-1);
  if (['Locked', 'Failed', 'Rejected', 'RolledBack'].includes(model.phase) && last !== undefined && now - Date.parse(last.at) < RECENT_MS) {
    const version = model.locks.at(-1)?.version ?? candidate ?? 'the candidate';
    return {
      level: 'attention',
      text: `${name} ${version} was rolled back ${ago(now - Date.parse(last.at))}: ${inShort(last.message)}. ${model.stableVersion} serves; nothing to do tonight.`,
    };
  }
  if (candidate === null || model.phase === 'Stable') return null;
  const share = model.weight > 0 ? `gets ${Math.round(model.weight * 100)} % of requests` : 'gets no requests yet';
  return { level: 'ok', text: `${name} ${model.stableVersion} is healthy; ${candidate} ${share} (${model.phase.toLowerCase()}).` };
}

/** What Weir did a moment ago stays said when all is well again. */
function lockedLately({ locks }: ModelView, now: number): string {
  const last = locks.at(-1);
  if (last === undefined || now - Date.parse(last.at) >= RECENT_MS) return '';
  return ` Version ${last.version} was rolled back ${ago(now - Date.parse(last.at))} and is locked: ${inShort(last.reason)}.`;
}

function driftSentence(model: ModelView, name: string): Sentence | null {
  const failing = model.drift?.quality.filter(({ level }) => level === 'fail') ?? [];
  if (failing[0] !== undefined) return { level: 'alarm', text: `${name}: ${failing[0].text}.` };
  const critical = model.drift?.features.filter(({ state }) => state === 'critical').map((feature) => feature.name) ?? [];
  if (critical.length === 0) return null;
  const conclusion = model.drift?.conclusion?.replace(/^\S+: /, '') ?? 'harm is being measured'; // it begins with the feature, as the sentence does
  return { level: 'attention', text: `${name}: ${critical.join(', ')} drifted; ${conclusion}.` };
}

/** Without the figures of the evidence: the card has them. */
function inShort(message: string): string {
  return message.split('; evidence')[0] ?? message;
}

function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return seconds < 90 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
