import { type Case, FRAUD, OF_FRAUD } from './case.ts';

const reads = (outcome: string) => `weir_feature_reads_total{${OF_FRAUD},outcome="${outcome}"}`;
const read = (le: string) => `feast_feature_server_online_store_read_duration_seconds_bucket{le="${le}"}`;

export const FEATURES: readonly Case[] = [
  {
    alert: 'WeirFeaturesStale',
    fires: { [reads('stale')]: '0+5x20', [reads('read')]: '0+95x20' },
    quiet: { [reads('stale')]: '5x20', [reads('read')]: '0+95x20' },
    at: '15m',
    labels: FRAUD,
  },
  {
    alert: 'WeirFeaturesUnread',
    fires: { [reads('late')]: '0+5x40', [reads('read')]: '0+95x40' },
    quiet: { [reads('late')]: '0+5x40', [reads('read')]: '0+995x40' },
    at: '30m',
    labels: FRAUD,
  },
  {
    alert: 'WeirMaterialisationFailed',
    fires: { 'feast_materialization_result_total{feature_view="cards",status="failure"}': '0x30 1x30' },
    quiet: { 'feast_materialization_result_total{feature_view="cards",status="success"}': '0x30 1x30' },
    at: '45m',
    labels: { feature_view: 'cards' },
  },
  {
    alert: 'WeirOnlineReadsSlow',
    fires: { [read('0.025')]: '0+90x40', [read('0.05')]: '0+100x40', [read('+Inf')]: '0+100x40' },
    quiet: { [read('0.025')]: '0+999x40', [read('0.05')]: '0+1000x40', [read('+Inf')]: '0+1000x40' },
    at: '30m',
    labels: {},
  },
];
