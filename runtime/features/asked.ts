import type { FieldSpec, ModelSpec } from '../model/types.ts';

/** What callers of a model send: the inputs that nobody reads for them, then the keys by which the others are read. */
export function askedInputs({ inputs, features }: ModelSpec): readonly FieldSpec[] {
  return features === undefined ? inputs : [...directInputs({ inputs, features }), ...features.keys];
}

/** The inputs that the request carries itself. They are the first of `inputs`. */
export function directInputs({ inputs, features }: Pick<ModelSpec, 'inputs' | 'features'>): readonly FieldSpec[] {
  return features === undefined ? inputs : inputs.slice(0, inputs.length - features.fields.length);
}
