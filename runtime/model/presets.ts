import type { FileGate, FileGuard, FileRollout, FileStep } from './model-file.ts';

/** The names that `rollout:` of a model file may say, in the order of the schema (10-rollout, 13). */
export const PRESETS = ['standard', 'shadow-48h', 'blue-green', 'ab-test', 'champion-challenger', 'local'] as const;
export type PresetName = (typeof PRESETS)[number];

/** A preset says all that a rollout always has but limits of guards, which follow from the SLO. */
export type Preset = FileRollout & Required<Pick<FileRollout, 'steps' | 'bake' | 'gates'>>;
/** A preset as it stands here: with its name and its deadline. */
export type NamedPreset = Preset & Required<Pick<FileRollout, 'preset' | 'progressDeadline'>>;

/** The preset as a model file would write it out. A language model's `blue-green` has steps: after a flip no control arm is left. */
export function presetOf(name: PresetName, languageModel = false): NamedPreset {
  return name === 'blue-green' && languageModel ? LANGUAGE_MODEL : KNOWN[name];
}

const GATES: readonly FileGate[] = (['Format', 'Manifest', 'Reference', 'SchemaCompat', 'GoldenSet'] as const).map((type) => ({
  type,
  onFail: 'Reject',
}));

/** Shares of alpha sum to 1. Floors and limits come from the model's SLO when they are not given (10-rollout, 12.5). */
const GUARDS: readonly FileGuard[] = [
  { name: 'errors', kind: 'ratio', event: 'error', share: 0.4 },
  { name: 'slow', kind: 'ratio', event: 'slow', share: 0.25 },
  { name: 'rejects', kind: 'ratio', event: 'rejected', share: 0.15 },
  { name: 'slo-errors', kind: 'rate', event: 'error', share: 0.1 },
  { name: 'slo-latency', kind: 'rate', event: 'slow', share: 0.1 },
  { name: 'fuse', kind: 'fuse', event: 'error', max: 0.2, minSamples: 50 },
  { name: 'drift', kind: 'verdict' },
];

const shadow = (percent: number, minSamples: number, minDwell: string, maxDwell: string): FileStep => ({
  shadow: { percent, minSamples, minDwell, maxDwell, onMaxDwell: 'Hold' },
});

const weight = (percent: number, margin: number, minSamples: number, minDwell: string, maxDwell = '12h'): FileStep => ({
  weight: percent,
  margin,
  minSamples,
  minDwell,
  maxDwell,
  onMaxDwell: 'Hold',
});

const STANDARD = {
  preset: 'standard',
  suspend: false,
  steps: [
    shadow(10, 1_000, '30m', '4h'),
    weight(1, 4, 100, '10m'),
    weight(5, 3, 200, '10m'),
    weight(10, 2, 300, '10m'),
    weight(25, 1.7, 500, '15m'),
    weight(50, 1.5, 500, '15m'),
  ],
  bake: { duration: '24h', controlMirror: 10 },
  gates: GATES,
  guards: GUARDS,
  // dispersion 0.1 with blocks of 5 min stands in for a calibration that could not be made (10-rollout, 12.4)
  analysis: { alpha: 0.01, r0: 1.2, advanceAlpha: 0.05, maxNoData: '15m', block: '5m', dispersion: 0.1, cap: 2.5 },
  capacity: { policy: 'Wait', timeout: '30m' },
  progressDeadline: '10m',
  rollback: { keepCandidateFor: '15m', bundleDeadline: '1m', lock: 'PerDigest', lockModelAfter: 2, window: 3 },
  timing: { settle: '10s', still: '10s', lag: '7s' },
} as const satisfies NamedPreset;

const BLUE_GREEN: NamedPreset = { ...STANDARD, preset: 'blue-green', steps: [], preview: { header: 'x-weir-preview' } };

/** Two copies of whole GPUs cost too much to stay for a day; no mirror doubles their load; caches are cold for 5 min after each move. */
const LANGUAGE_MODEL: NamedPreset = {
  ...BLUE_GREEN,
  steps: [weight(1, 4, 100, '10m'), weight(10, 2, 300, '10m'), weight(50, 1.5, 500, '15m')], // 100 % is the promotion itself
  bake: { duration: '2h', controlMirror: 0 },
  timing: { ...STANDARD.timing, settle: '5m' },
};

const KNOWN: Readonly<Record<PresetName, NamedPreset>> = {
  standard: STANDARD,
  'shadow-48h': {
    ...STANDARD,
    preset: 'shadow-48h',
    steps: [
      shadow(10, 10_000, '16h', '2d'),
      shadow(50, 10_000, '16h', '2d'),
      shadow(100, 10_000, '16h', '2d'), // the full mirrored load is what shows overload
      { approve: { by: 'owner' } },
      weight(10, 2, 300, '15m'),
      weight(50, 1.5, 500, '15m'),
    ],
  },
  'blue-green': BLUE_GREEN,
  // Held at the approval with the intervals shown: no automatic end.
  'ab-test': { ...STANDARD, preset: 'ab-test', steps: [weight(50, 1.5, 500, '7d', '28d'), { approve: { by: 'owner' } }] },
  // The mirror stays on while the approval is waited for; promoted, it starts as standard does at 10 %.
  'champion-challenger': {
    ...STANDARD,
    preset: 'champion-challenger',
    steps: [
      shadow(10, 1_000, '7d', '14d'),
      { approve: { by: 'owner' } },
      weight(10, 2, 300, '10m'),
      weight(25, 1.7, 500, '15m'),
      weight(50, 1.5, 500, '15m'),
    ],
  },
  // One machine, hundreds of requests a second, every dwell in seconds.
  local: {
    ...STANDARD,
    preset: 'local',
    steps: [shadow(20, 200, '5s', '10m'), weight(5, 4, 100, '5s', '10m'), weight(25, 2, 200, '5s', '10m'), weight(50, 1.5, 300, '5s', '10m')],
    bake: { duration: '10s', controlMirror: 10 },
    analysis: { ...STANDARD.analysis, block: '2s', dispersion: 0.01, maxNoData: '15s' },
    progressDeadline: '1m',
    rollback: { ...STANDARD.rollback, keepCandidateFor: '15s' },
    timing: { settle: '500ms', still: '1s', lag: '0s' },
  },
};
