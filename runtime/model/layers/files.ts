import type { EffectiveFeatures, FeaturesFile } from '../features-file.ts';
import { FEATURES_SCHEMA, TENANT_SCHEMA } from '../read/schemas.ts';
import type { EffectiveTenant, TenantFile } from '../tenant-file.ts';
import { compileDefaults } from './defaults.ts';
import { datatypeOf } from './fields.ts';
import { normal } from './normal.ts';
import { isMap, merge, type Tree } from './tree.ts';

/** A tenant's file with all defaults. The `defaults` of its models stay as they are written: they are a layer, not a model. */
export function effectiveTenant(file: TenantFile): EffectiveTenant {
  const { defaults = {}, ...rest } = file;
  const tree = compileDefaults(TENANT_SCHEMA)(normal(TENANT_SCHEMA, TENANT_SCHEMA, rest));
  const whole: Tree = isMap(tree) ? { ...tree, defaults } : tree;
  if (!isTenant(whole)) throw new Error('a tenant file that passed its schema is no map');
  return whole;
}

/** A features file with all defaults; what the kind of a field says is filled in, as in a model file. */
export function effectiveFeatures(file: FeaturesFile): EffectiveFeatures {
  const tree = compileDefaults(FEATURES_SCHEMA)(normal(FEATURES_SCHEMA, FEATURES_SCHEMA, file));
  if (!isFeatures(tree)) throw new Error('a features file that passed its schema is no map');
  const views = Object.entries(tree.views).map(([name, view]): [string, Tree] => {
    const fields = Object.entries(view.fields).map(([field, given]): [string, Tree] => {
      const domain = given.kind === 'probability' ? { domain: { min: 0, max: 1 } } : {};
      return [field, merge({ datatype: datatypeOf(given.kind), ...domain, shape: 1 }, given)];
    });
    return [name, { fields: Object.fromEntries(fields) }];
  });
  const whole = merge(tree, { views: Object.fromEntries(views) });
  if (!isFeatures(whole)) throw new Error('a features file that passed its schema is no map');
  return whole;
}

const isTenant = (tree: Tree): tree is EffectiveTenant => isMap(tree);
const isFeatures = (tree: Tree): tree is EffectiveFeatures => isMap(tree);
