/** `name{label="value"}` and its values in promtool's notation: `0+10x60` is 0, 10, 20, … 600; `_x5` are five gaps. */
export type Series = Readonly<Record<string, string>>;

/** One alert on two sets of series: on the first it fires, on the second it does not. */
export interface Case {
  readonly alert: string;
  readonly fires: Series;
  readonly quiet: Series;
  /** When is looked, since the first sample. */
  readonly at: string;
  /** Labels of the alert that fires, beside its name and severity. */
  readonly labels: Readonly<Record<string, string>>;
  /** Between samples. Default 1m. */
  readonly every?: string;
  /** Between evaluations. Default 30s, as in the cluster. */
  readonly evaluated?: string;
}

/** Labels of a model's alert. */
export const FRAUD = { tenant: 'payments', model: 'fraud', namespace: 'tenant-payments' };
/** Labels that our metrics of a model carry. */
export const OF_FRAUD = 'tenant="payments",model="fraud"';
/** Labels that the scrape takes from the pod. */
export const POD_OF_FRAUD = 'weir_dev_tenant="payments",weir_dev_model="fraud"';
