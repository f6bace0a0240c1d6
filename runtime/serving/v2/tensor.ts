import type { ElementType } from './datatypes.ts';

/** `null` in a floating-point tensor is NaN to a model: JSON has no word for it. 64-bit integers beyond 2^53 are bigints. */
export type Element = number | bigint | string | boolean | null;

/** A KServe V2 tensor, decoded: row-major, as many elements as the shape says. */
export interface Tensor {
  readonly name: string;
  readonly datatype: ElementType;
  readonly shape: readonly number[];
  readonly data: readonly Element[];
  /** Elements of the wrong JSON type, by index; they are null in `data`. Empty in a sound tensor. */
  readonly faults: readonly number[];
  /** What the first fault was and what is expected, for a person; empty in a sound tensor. */
  readonly problem: string;
}

/** A refusal in the protocol: `status` is the HTTP status, the message goes out as `{"error": "…"}`. */
export class V2Error extends Error {
  override readonly name = 'V2Error';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as an error message shows it: short, whatever it is. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
