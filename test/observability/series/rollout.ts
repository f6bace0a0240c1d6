import { type Case, FRAUD, OF_FRAUD } from './case.ts';

const phase = (name: string) => `kube_model_status_phase{${OF_FRAUD},phase="${name}"}`;
const condition = (type: string) => `kube_model_status_condition{${OF_FRAUD},type="${type}"}`;
const generation = `kube_model_generation{${OF_FRAUD}}`;
const observed = `kube_model_status_observed_generation{${OF_FRAUD}}`;

export const ROLLOUT: readonly Case[] = [
  {
    alert: 'WeirRolledBack', // an hour later it is known
    fires: { [phase('RolledBack')]: '0x100 1x30' },
    quiet: { [phase('RolledBack')]: '1x130' },
    at: '2h',
    labels: { ...FRAUD, phase: 'RolledBack' },
  },
  {
    alert: 'WeirVersionRefused',
    fires: { [phase('Rejected')]: '0x100 1x30' },
    quiet: { [phase('Stable')]: '0x100 1x30' },
    at: '2h',
    labels: { ...FRAUD, phase: 'Rejected' },
  },
  { alert: 'WeirRolloutHeld', fires: { [condition('Held')]: '1x90' }, quiet: { [condition('Held')]: '0x30 1x60' }, at: '70m', labels: FRAUD },
  {
    alert: 'WeirControllerSilent',
    fires: { [generation]: '3x20', [observed]: '2x20' },
    quiet: { [generation]: '3x20', [observed]: '3x20' },
    at: '15m',
    labels: {},
  },
  {
    alert: 'WeirControllerSilent', // a Model without a status, beside one that was acted on; where none ever was, no controller is missing
    fires: { [generation]: '1x20', 'kube_model_status_observed_generation{tenant="shop",model="ranker"}': '1x20' },
    quiet: { [generation]: '1x20' },
    at: '15m',
    labels: {},
  },
  {
    alert: 'WeirControllerSilent', // a new Model that is seen within minutes
    fires: { [generation]: '2x20', [observed]: '1x20' },
    quiet: { [generation]: '1x20', [observed]: '_x5 1x15', 'kube_model_status_observed_generation{tenant="shop",model="ranker"}': '1x20' },
    at: '15m',
    labels: {},
  },
  {
    alert: 'WeirWeightsNotInSync',
    fires: { [condition('WeightsInSync')]: '0x20' },
    quiet: { [condition('WeightsInSync')]: '0x5 1x15' },
    at: '15m',
    labels: FRAUD,
  },
];
