/** Series of the model that is chosen above the board. */
export const THIS_MODEL = 'tenant="$tenant", model="$model"';

/** Labels that series of its pods have besides, from its PodMonitor (runtime/model/render/pod-monitor.ts). */
export const ITS_PODS = 'weir_dev_tenant="$tenant", weir_dev_model="$model"';

/** Its Deployments, `<model>-a` and `<model>-b` in the tenant's namespace (runtime/model/render/names.ts). */
export const ITS_DEPLOYMENTS = 'namespace="tenant-$tenant", deployment=~"$model-[ab]"';

/** What counts as an error of a model everywhere in Weir: 5xx, and answers by the declared fallback (the model file's `event: error`). */
export const ERRORS = 'code_class=~"5xx|fallback"';

/** Requests of callers: a mirrored copy is nobody's request. */
export const ASKED = 'arm!="shadow"';

/** Reads of features after which no version was asked. */
export const NOT_READ = 'outcome!="read"';

/** A second's growth of a counter over the shown resolution. */
export function rate(counter: string, ...matchers: readonly string[]): string {
  return `rate(${counter}${selector(matchers)}[$__rate_interval])`;
}

/** Growth of a counter over a stated time, such as `1h`. */
export function increase(counter: string, over: string, ...matchers: readonly string[]): string {
  return `increase(${counter}${selector(matchers)}[${over}])`;
}

/** Part of the whole, 0 to 1; nothing where the whole is nothing, since 0 of 0 is no share. */
export function share(part: string, whole: string): string {
  return `(${part}) / (${whole} > 0)`;
}

/** A quantile of a histogram, for each combination of labels. */
export function quantile(of: number, histogram: string, by: readonly string[], ...matchers: readonly string[]): string {
  return `histogram_quantile(${of}, sum by (${['le', ...by].join(', ')}) (${rate(`${histogram}_bucket`, ...matchers)}))`;
}

/** `some`, and 0 where it answers nothing: for counts, of which none is a good answer. */
export function orZero(some: string): string {
  return `${some} or vector(0)`;
}

function selector(matchers: readonly string[]): string {
  return matchers.length === 0 ? '' : `{${matchers.join(', ')}}`;
}
