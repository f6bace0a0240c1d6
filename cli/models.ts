import { ArgsError } from '../runtime/errors.ts';
import { nearest } from '../runtime/model/read/suggest.ts';
import { keyOf } from '../runtime/model/types.ts';
import type { ModelObject, ObjectStore } from '../runtime/objects/port.ts';

/** The model that was meant by `eta` or `flights/eta`. Throws ArgsError when there is none, or more than one. */
export async function findModel(objects: ObjectStore, name: string): Promise<ModelObject> {
  const models = await objects.models();
  const found = models.filter(({ spec }) => name === keyOf(spec) || name === spec.name);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const keys = models.map(({ spec }) => keyOf(spec));
  if (only !== undefined) {
    throw new ArgsError(name, `is the name of ${found.length} models`, `Name one of ${found.map(({ spec }) => keyOf(spec)).join(', ')}.`);
  }
  if (keys.length === 0) throw new ArgsError(name, 'no model is known yet', 'Add a model file, or start the platform: weir local');
  const meant = nearest(name, [...keys, ...models.map(({ spec }) => spec.name)]);
  throw new ArgsError(name, 'is not a model', `${meant === null ? '' : `Did you mean "${meant}"? `}Known are ${keys.join(', ')}.`);
}
