import { findPulumi, type PulumiCli } from '../../cli/rehearse/pulumi-cli.ts';
import { messageOf } from '../../runtime/errors.ts';

/**
 * The Pulumi CLI that rehearsals run, null when there is none: then tests of the real engine are skipped, and it is said.
 * @throws under `CI`: there an engine that nobody installed must not pass.
 */
export async function pulumiHere(): Promise<PulumiCli | null> {
  try {
    return await findPulumi(process.env);
  } catch (error) {
    if (process.env.CI !== undefined && process.env.CI !== 'false') throw error;
    console.warn(`skipped: ${messageOf(error)}`);
    return null;
  }
}
