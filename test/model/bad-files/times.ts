import type { BadFiles } from './case.ts';

/** Replicas, peaks, schedules, time zones. */
export const TIMES: readonly BadFiles[] = [
  {
    name: 'fewest above most replicas',
    edit: ['serving: {latency: 50ms, autoscaling: {min: 5, max: 2}}'],
    says: ['payments/models/fraud.yaml:4:45  serving.autoscaling.min  min 5 is above max 2 | Raise max, or lower min.'],
  },
  {
    name: 'fewest above most replicas in a pool, where they count copies',
    edit: ['serving: {latency: 50ms, gpu: fraction, autoscaling: {min: 5, max: 2}}'],
    says: ['payments/models/fraud.yaml:4:60  serving.autoscaling.min  min 5 is above max 2 | Raise max, or lower min.'],
  },
  {
    name: 'zero without a fallback',
    edit: ['serving: {latency: 50ms, autoscaling: {zero: {}}}'],
    without: ['fallback'],
    says: [
      'payments/models/fraud.yaml:4:46  serving.autoscaling.zero  the first caller after a pause needs an answer, and there is no fallback | Declare a fallback: one value for every output.',
    ],
  },
  {
    name: 'zero in a pool',
    edit: ['serving: {latency: 50ms, gpu: fraction, autoscaling: {zero: {after: 10m}}}'],
    says: [
      'payments/models/fraud.yaml:4:55  serving.autoscaling.zero  a shared pool serves others too: it does not go to zero | Leave zero out, or use mode: dedicated.',
    ],
  },
  {
    name: 'zero for a queue',
    edit: ['pattern: async', 'serving: {latency: 50ms, autoscaling: {zero: {after: 10m}}}'],
    says: [
      'payments/models/fraud.yaml:4:40  serving.autoscaling.zero  nothing asks a model of pattern async at the gateway, and zero scales on that | Leave zero out.',
    ],
  },
  {
    name: 'a peak above most replicas',
    edit: ['serving: {latency: 50ms, autoscaling: {max: 4, peaks: [{name: evening, from: "0 17 * * *", to: "0 23 * * *", replicas: 6}]}}'],
    says: ['payments/models/fraud.yaml:4:120  serving.autoscaling.peaks[0].replicas  6 is above max 4 | Raise autoscaling.max, or lower the peak.'],
  },
  {
    name: 'two peaks of one name',
    edit: [
      'serving: {latency: 50ms, autoscaling: {peaks: [{name: rush, from: "0 7 * * *", to: "0 9 * * *", replicas: 3}, {name: rush, from: "0 17 * * *", to: "0 19 * * *", replicas: 3}]}}',
    ],
    says: ['payments/models/fraud.yaml:4:118  serving.autoscaling.peaks[1].name  "rush" is used twice | Give each peak a name of its own.'],
  },
  {
    name: 'a peak that ends before it begins',
    edit: ['serving: {latency: 50ms, autoscaling: {peaks: [{name: sale, from: 2026-11-30T00:00Z, to: 2026-11-27T00:00Z, replicas: 3}]}}'],
    says: ['payments/models/fraud.yaml:4:90  serving.autoscaling.peaks[0].to  2026-11-27T00:00Z is before 2026-11-30T00:00Z | Swap them.'],
  },
  {
    name: 'a peak that ends as it begins',
    edit: ['serving: {latency: 50ms, autoscaling: {peaks: [{name: sale, from: "0 17 * * *", to: "0 17 * * *", replicas: 3}]}}'],
    says: ['payments/models/fraud.yaml:4:85  serving.autoscaling.peaks[0].to  "0 17 * * *" is when it begins, too | Let it end later.'],
  },
  {
    name: 'a peak from a schedule to a day',
    edit: ['serving: {latency: 50ms, autoscaling: {peaks: [{name: sale, from: "0 17 * * *", to: 2026-11-27T00:00Z, replicas: 3}]}}'],
    says: [
      'payments/models/fraud.yaml:4:85  serving.autoscaling.peaks[0].to  "0 17 * * *" and "2026-11-27T00:00Z" are a schedule and a time | Write both as schedules, or both as times.',
    ],
  },
  {
    name: 'the 30th of February',
    edit: ['serving: {latency: 50ms, autoscaling: {peaks: [{name: sale, from: 2026-02-27T00:00Z, to: 2026-02-30T00:00Z, replicas: 3}]}}'],
    says: [
      'payments/models/fraud.yaml:4:90  serving.autoscaling.peaks[0].to  2026-02-30T00:00Z is no day or hour of the calendar | Write a time such as 2026-11-27T06:00Z',
    ],
  },
  {
    name: 'a minute that is none',
    edit: ['retraining: {workflow: train, schedule: "60 2 * * *"}'],
    says: [
      'payments/models/fraud.yaml:10:41  retraining.schedule  "60 2 * * *": "60" is no minute (0 to 59) | Five fields: minute, hour, day of month, month, day of week (sunday is 0).',
    ],
  },
  {
    name: 'Sunday as 7',
    edit: ['retraining: {workflow: train, schedule: "0 2 * * 7"}'],
    says: [
      'payments/models/fraud.yaml:10:41  retraining.schedule  "0 2 * * 7": "7" is no day of week (0 to 6) | Five fields: minute, hour, day of month, month, day of week (sunday is 0).',
    ],
  },
  {
    name: 'a schedule that steps by 0',
    edit: ['retraining: {workflow: train, schedule: "*/0 2 * * *"}'],
    says: [
      'payments/models/fraud.yaml:10:41  retraining.schedule  "*/0 2 * * *": minute "*/0" steps by 0 | Five fields: minute, hour, day of month, month, day of week (sunday is 0).',
    ],
  },
  {
    name: 'hours that run backwards',
    edit: ['retraining: {workflow: train, schedule: "0 22-6 * * *"}'],
    says: [
      'payments/models/fraud.yaml:10:41  retraining.schedule  "0 22-6 * * *": hour "22-6" runs backwards | Five fields: minute, hour, day of month, month, day of week (sunday is 0).',
    ],
  },
  {
    name: 'a month that is none',
    edit: ['retraining: {workflow: train, schedule: "0 2 1 janu *"}'],
    says: [
      'payments/models/fraud.yaml:10:41  retraining.schedule  "0 2 1 janu *": "janu" is no month (1 to 12) | Five fields: minute, hour, day of month, month, day of week (sunday is 0).',
    ],
  },
  {
    name: 'a day that never comes',
    edit: ['retraining: {workflow: train, schedule: "0 2 31 2,4 *"}'],
    says: [
      'payments/models/fraud.yaml:10:41  retraining.schedule  "0 2 31 2,4 *": that day never comes | Five fields: minute, hour, day of month, month, day of week (sunday is 0).',
    ],
  },
  {
    name: 'a misspelt time zone',
    edit: ['drift: {zone: Europe/Berln}'],
    says: [
      'payments/models/fraud.yaml:10:15  drift.zone  "Europe/Berln" is not a time zone | did you mean "Europe/Berlin"? (a name of the IANA time zone database, such as UTC or Europe/Berlin)',
    ],
  },
  {
    name: 'a time zone in small letters',
    edit: ['drift: {zone: europe/berlin}'],
    says: [
      'payments/models/fraud.yaml:10:15  drift.zone  "europe/berlin" is not a time zone | did you mean "Europe/Berlin"? (a name of the IANA time zone database, such as UTC or Europe/Berlin)',
    ],
  },
  {
    name: 'a time zone of a peak',
    edit: ['serving: {latency: 50ms, autoscaling: {peaks: [{name: rush, from: "0 7 * * *", to: "0 9 * * *", zone: CEST, replicas: 3}]}}'],
    says: [
      'payments/models/fraud.yaml:4:103  serving.autoscaling.peaks[0].zone  "CEST" is not a time zone | Give a name of the IANA time zone database, such as UTC or Europe/Berlin',
    ],
  },
  {
    name: 'a cadence of nothing',
    edit: ['drift: {cadence: 0s}'],
    says: ['payments/models/fraud.yaml:10:18  drift.cadence  0s is no time | Give a duration above 0, such as 1h'],
  },
  {
    name: 'a peak below the usual traffic',
    edit: ['traffic: {usual: 200, peak: 50}'],
    says: ['payments/models/fraud.yaml:10:29  traffic.peak  the peak 50 is below the usual 200 | Raise it, or leave it out: three times the usual.'],
  },
];
