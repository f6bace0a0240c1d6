import type { Inputs } from '@pulumi/pulumi';

/**
 * The operator's kinds, in a release of their own: every chart may ship monitors, and kinds outlive whatever uses them (30-platform, 3.1 and D6). All of
 * them stay on, used or not: the operator asks for each when it starts.
 */
export function prometheusOperatorCrdsValues(): Inputs {
  return {};
}
