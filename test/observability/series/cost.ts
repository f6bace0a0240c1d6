import type { Case } from './case.ts';

export const COST: readonly Case[] = [
  {
    alert: 'WeirNodesAboveBudget', // 21 USD an hour are 15,330 a month
    fires: { 'node_total_hourly_cost{instance="a"}': '21x420' },
    quiet: { 'node_total_hourly_cost{instance="a"}': '21x200 20x220' },
    at: '7h',
    labels: {},
  },
  {
    alert: 'WeirCostUnknown',
    fires: { 'up{job="opencost"}': '1x90' },
    quiet: { 'node_total_hourly_cost{instance="a"}': '1x90' },
    at: '80m',
    labels: {},
  },
];
