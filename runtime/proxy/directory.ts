import { keyOf, type ModelKey, type ModelSpec } from '../model/types.ts';
import { V2Error } from '../serving/v2/tensor.ts';
import type { RouteTable } from './routes.ts';
import type { Tallies } from './tally.ts';
import { ModelTargets } from './target.ts';

/** The models that the gateway serves, found as a caller names them. */
export class Directory {
  readonly #routes: RouteTable;
  readonly #tallies: Tallies;
  #models = new Map<ModelKey, ModelTargets>();
  #tenants = new Set<string>();

  constructor(specs: Iterable<ModelSpec>, routes: RouteTable, tallies: Tallies) {
    this.#routes = routes;
    this.#tallies = tallies;
    this.setModels(specs);
    routes.onChange((model, route) => this.#models.get(model)?.setRoute(route));
  }

  /** Replaces what is served: a changed file counts from the next request on. */
  setModels(specs: Iterable<ModelSpec>): void {
    const models = [...specs].map((spec) => {
      const known = this.#models.get(keyOf(spec));
      return known?.spec === spec ? known : new ModelTargets(spec, this.#tallies, this.#routes.current(keyOf(spec)), known ?? null);
    });
    this.#models = new Map(models.map((model) => [model.key, model]));
    this.#tenants = new Set(models.map((model) => model.spec.tenant));
  }

  all(): Iterable<ModelTargets> {
    return this.#models.values();
  }

  get(key: ModelKey): ModelTargets | null {
    return this.#models.get(key) ?? null;
  }

  /**
   * The model that a request names. Host `<tenant>.<anything>` selects the tenant; without one a name that only one tenant has will do.
   * Throws V2Error 404 that names the model.
   */
  find(host: string | undefined, name: string): ModelTargets {
    const tenant = this.#tenantOf(host);
    if (tenant !== null) {
      const model = this.#models.get(`${tenant}/${name}`);
      if (model === undefined) throw new V2Error(404, `model "${name}" is unknown to tenant "${tenant}"; it has ${this.#names(tenant)}`);
      return model;
    }
    const found = [...this.#models.values()].filter((model) => model.spec.name === name);
    const [only] = found;
    if (only === undefined) throw new V2Error(404, `model "${name}" is unknown; there are ${this.#names(null)}`);
    if (found.length > 1) {
      const tenants = found.map((model) => model.spec.tenant).join(', ');
      throw new V2Error(404, `model "${name}" belongs to several tenants (${tenants}); name one in the host, such as ${only.spec.tenant}.localhost`);
    }
    return only;
  }

  #tenantOf(host: string | undefined): string | null {
    const dot = host?.indexOf('.') ?? -1;
    const first = dot > 0 ? host?.slice(0, dot) : undefined;
    return first !== undefined && this.#tenants.has(first) ? first : null;
  }

  #names(tenant: string | null): string {
    const names = [...this.#models.values()].filter((model) => tenant === null || model.spec.tenant === tenant).map((model) => model.spec.name);
    return names.length === 0 ? 'none' : names.slice(0, 20).join(', ');
  }
}
