import { type Case, FRAUD, OF_FRAUD, POD_OF_FRAUD } from './case.ts';

const arm = `${OF_FRAUD},version="8",arm="stable"`;
const good = `weir_requests_total{${arm},code_class="2xx"}`;
const failed = `weir_requests_total{${arm},code_class="5xx"}`;
const objective = { [`kube_model_slo_availability_ratio{${OF_FRAUD}}`]: '0.999x5000' };

const late = `${arm},pod="p"`;
const times = (ofAll: string, inTime: string, bound = '0.05') => ({
  [`weir_request_duration_seconds_bucket{${late},le="0.025"}`]: inTime.replace(/\+[0-9.]+x/, '+1x'),
  [`weir_request_duration_seconds_bucket{${late},le="${bound}"}`]: inTime,
  [`weir_request_duration_seconds_bucket{${late},le="+Inf"}`]: ofAll,
  [`weir_request_duration_seconds_count{${late}}`]: ofAll,
  [`kube_model_slo_latency_quantile{${OF_FRAUD}}`]: '0.99x5000',
});
const promised = (bound: string) => ({ [`kube_model_slo_latency_seconds{${OF_FRAUD}}`]: `${bound}x5000` });

const wanted = {
  'kube_deployment_spec_replicas{namespace="tenant-payments",deployment="fraud-a"}': '2x20',
  'kube_deployment_labels{namespace="tenant-payments",deployment="fraud-a",label_weir_dev_tenant="payments",label_weir_dev_model="fraud"}': '1x20',
};
const scraped = `up{namespace="tenant-payments",pod="fraud-a-1",endpoint="http",${POD_OF_FRAUD}}`;

export const MODEL: readonly Case[] = [
  {
    alert: 'WeirModelErrorBudgetBurnsFast', // 2 % fail, 20 times the budget; then .5 %, 5 times
    fires: { [good]: '0+980x130', [failed]: '0+20x130', ...objective },
    quiet: { [good]: '0+995x130', [failed]: '0+5x130', ...objective },
    at: '2h',
    labels: FRAUD,
    evaluated: '2m',
  },
  {
    alert: 'WeirModelErrorBudgetBurnsFast', // over six hours 1 % fail, 10 times the budget; nine failures in six hours are no evidence
    fires: { [good]: '0+990x420', [failed]: '0+10x420', ...objective },
    quiet: { [failed]: '0+0.025x420', ...objective },
    at: '7h',
    labels: FRAUD,
    evaluated: '5m',
  },
  {
    alert: 'WeirModelErrorBudgetBurnsFast', // over for 35 minutes: the hour is still bad, nobody is woken for it
    fires: { [good]: '0+800x130', [failed]: '0+200x130', ...objective },
    quiet: { [good]: '0+800x85 68000+1000x45', [failed]: '0+200x85 17000x45', ...objective },
    at: '2h',
    labels: FRAUD,
    evaluated: '2m',
  },
  {
    alert: 'WeirModelErrorBudgetBurnsFast', // without a Model's objective the budget is the schema's; the fallback is no answer of the model
    fires: { [good]: '0+900x130', [`weir_requests_total{${arm},code_class="fallback"}`]: '0+100x130' },
    quiet: { [good]: '0+900x130', [`weir_requests_total{${OF_FRAUD},version="9",arm="shadow",code_class="5xx"}`]: '0+100x130' },
    at: '2h',
    labels: FRAUD,
    evaluated: '2m',
  },
  {
    alert: 'WeirModelErrorBudgetBurnsSlowly', // .2 % for four days, then .05 %
    fires: { [good]: '0+9980x580', [failed]: '0+20x580', ...objective },
    quiet: { [good]: '0+9995x580', [failed]: '0+5x580', ...objective },
    at: '4d',
    labels: FRAUD,
    every: '10m',
    evaluated: '30m',
  },
  {
    alert: 'WeirModelLatencyBudgetBurnsFast', // 20 % come late where 1 % may; then .5 %
    fires: { ...times('0+1000x130', '0+800x130'), ...promised('0.05') },
    quiet: { ...times('0+1000x130', '0+995x130'), ...promised('0.05') },
    at: '2h',
    labels: FRAUD,
    evaluated: '2m',
  },
  {
    alert: 'WeirModelLatencyBudgetBurnsFast', // a bound of whole seconds, as Prometheus 3 writes its bucket
    fires: { ...times('0+1000x130', '0+800x130', '2.0'), ...promised('2') },
    quiet: { ...times('0+1000x130', '0+995x130', '2.0'), ...promised('2') },
    at: '2h',
    labels: FRAUD,
    evaluated: '2m',
  },
  {
    alert: 'WeirModelLatencyBudgetBurnsSlowly',
    fires: { ...times('0+10000x580', '0+9800x580'), ...promised('0.05') },
    quiet: { ...times('0+10000x580', '0+9950x580'), ...promised('0.05') },
    at: '4d',
    labels: FRAUD,
    every: '10m',
    evaluated: '30m',
  },
  { alert: 'WeirModelSilent', fires: { ...wanted, [scraped]: '0x20' }, quiet: { ...wanted, [scraped]: '1x20' }, at: '10m', labels: FRAUD },
  {
    alert: 'WeirModelSilent', // no pod at all is as silent; at zero replicas nobody is expected
    fires: wanted,
    quiet: { 'kube_deployment_spec_replicas{namespace="tenant-payments",deployment="fraud-a"}': '0x20' },
    at: '10m',
    labels: FRAUD,
  },
  {
    alert: 'WeirModelFallback',
    fires: { [`weir_fallback_total{${arm}}`]: '0+10x30', [good]: '0+90x30', [`weir_requests_total{${arm},code_class="fallback"}`]: '0+10x30' },
    quiet: { [`weir_fallback_total{${arm}}`]: '0+1x30', [good]: '0+99x30', [`weir_requests_total{${arm},code_class="fallback"}`]: '0+1x30' },
    at: '25m',
    labels: FRAUD,
  },
  {
    alert: 'WeirPredictionsStale',
    fires: { [`weir_dq_level{${OF_FRAUD},version="8",check="freshness",feature=""}`]: '2x20' },
    quiet: { [`weir_dq_level{${OF_FRAUD},version="8",check="freshness",feature=""}`]: '1x20' },
    at: '10m',
    labels: { ...FRAUD, version: '8' },
  },
  {
    alert: 'WeirPredictionLogDropped',
    fires: { [`weir_log_dropped_total{${POD_OF_FRAUD},pod="p"}`]: '0+1x20' },
    quiet: { [`weir_log_dropped_total{${POD_OF_FRAUD},pod="p"}`]: '7x20' },
    at: '15m',
    labels: FRAUD,
  },
  {
    alert: 'WeirAnswersWithheld',
    fires: { [`weir_unlogged_answers_total{${POD_OF_FRAUD},pod="p"}`]: '0+1x20' },
    quiet: { [`weir_unlogged_answers_total{${POD_OF_FRAUD},pod="p"}`]: '7x20' },
    at: '15m',
    labels: FRAUD,
  },
];
