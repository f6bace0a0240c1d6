import { type ElementType, ruleOf } from './datatypes.ts';
import { type Element, shown, V2Error } from './tensor.ts';

/** A tensor's JSON data, flat: what `Tensor` holds of it. */
export interface Flat {
  readonly data: readonly Element[];
  readonly faults: readonly number[];
  readonly problem: string;
}

/** JSON data, flat or nested as the shape says, checked element by element. Throws V2Error 400 when the number of elements differs. */
export function flatten(given: unknown, shape: readonly number[], datatype: ElementType, label: string): Flat {
  if (!Array.isArray(given)) throw new V2Error(400, `${label} has data ${shown(given)}; an array is expected`);
  const count = shape.reduce((product, size) => product * size, 1);
  const flat = Array.isArray(given[0]) ? nested(given, shape, label) : given;
  if (flat.length !== count) {
    throw new V2Error(400, `${label} has shape [${shape.join(', ')}], which is ${count} elements, but ${flat.length} were given`);
  }
  return checked(flat, datatype, label);
}

function nested(given: readonly unknown[], shape: readonly number[], label: string): readonly unknown[] {
  const flat: unknown[] = [];
  const walk = (part: unknown, level: number): void => {
    if (level === shape.length) {
      flat.push(part);
      return;
    }
    if (!Array.isArray(part) || part.length !== shape[level]) {
      const found = Array.isArray(part) ? `${part.length} items` : shown(part);
      throw new V2Error(
        400,
        `${label} has shape [${shape.join(', ')}], but its data has ${found} at level ${level + 1}, where ${shape[level]} are expected`,
      );
    }
    for (const item of part) walk(item, level + 1);
  };
  walk(given, 0);
  return flat;
}

function checked(flat: readonly unknown[], datatype: ElementType, label: string): Flat {
  const rule = ruleOf(datatype);
  if (rule === null) throw new V2Error(400, `${label} has datatype ${datatype}, which is not served`);
  const data: Element[] = [];
  const faults: number[] = [];
  for (let index = 0; index < flat.length; index++) {
    const element = flat[index];
    if (!rule.fits(element)) faults.push(index);
    data.push(rule.fits(element) ? element : null);
  }
  const first = faults[0];
  if (first === undefined) return { data, faults, problem: '' };
  return { data, faults, problem: `${label} has ${shown(flat[first])} at element ${first}; ${datatype} expects ${rule.expects}` };
}
