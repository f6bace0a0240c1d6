import { type AlertRule, ofModel, type RuleGroup } from './rule.ts';

const OF = 'by (tenant, model)';

/** What the status of a `Model` says, as kube-state-metrics reads it. Pages on a rollback, and when nobody acts on models. */
export function rolloutRules(): RuleGroup {
  return { name: 'rollout', recordings: [], alerts: [...outcomes(), ...controller()] };
}

/** In the phase now, and not an hour ago: the phase stays until somebody acts, the message need not. */
function entered(phases: string): string {
  const phase = (offset: string) => `max by (tenant, model, phase) (kube_model_status_phase{phase=~"${phases}"}${offset}) == 1`;
  return `${phase('')} unless on (tenant, model, phase) ${phase(' offset 1h')}`;
}

function outcomes(): readonly AlertRule[] {
  return [
    ofModel({
      alert: 'WeirRolledBack',
      expr: entered('RolledBack'),
      severity: 'page',
      summary: '{{ $labels.tenant }}/{{ $labels.model }} was rolled back',
      description:
        'A guard failed on evidence. All traffic is on the former version, the failed digest is locked, and a bundle holds why. Usually nothing is to be done tonight.',
    }),
    ofModel({
      alert: 'WeirVersionRefused',
      expr: entered('Rejected|Failed|Locked'),
      severity: 'warn',
      summary: 'The new version of {{ $labels.tenant }}/{{ $labels.model }} does not go out: {{ $labels.phase }}',
      description: 'A gate refused it, it did not start, or its digest is locked. Callers keep the stable version.',
    }),
    ofModel({
      alert: 'WeirRolloutHeld',
      expr: `max ${OF} (kube_model_status_condition{type="Held"}) == 1`,
      for: '1h',
      severity: 'warn',
      summary: 'The rollout of {{ $labels.tenant }}/{{ $labels.model }} waits for somebody',
      description: 'Evidence is inconclusive, a gate is closed or somebody paused it. Weights stay as they are until a person or the policy decides.',
    }),
  ];
}

/** Said where somebody has acted on a model before: until the first controller runs, nobody is missing, and its Deployment has an alert of its own. */
function controller(): readonly AlertRule[] {
  const unseen = `max ${OF} (kube_model_generation) unless on (tenant, model) max ${OF} (kube_model_status_observed_generation)`;
  const behind = `max ${OF} (kube_model_generation) > max ${OF} (kube_model_status_observed_generation)`;
  return [
    {
      alert: 'WeirControllerSilent',
      expr: `count((${behind}) or (${unseen})) > 0 and on () count(kube_model_status_observed_generation) > 0`,
      for: '10m',
      severity: 'page',
      summary: 'Nobody acts on {{ $value }} changed models',
      description: 'The rollout controller is down or has no leader. Models serve on as they are; no version goes out, and none is rolled back.',
    },
    ofModel({
      alert: 'WeirWeightsNotInSync',
      expr: `min ${OF} (kube_model_status_condition{type="WeightsInSync"}) == 0`,
      for: '10m',
      severity: 'warn',
      summary: 'The gateway does not have the weights of {{ $labels.tenant }}/{{ $labels.model }}',
      description:
        'The route was written and the gateway did not take it, or somebody else changed it. Weir writes it again and makes no step until it is seen.',
    }),
  ];
}
