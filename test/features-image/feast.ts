import { join } from 'node:path';
import { missingTool, toolsFolder } from '../support/tools.ts';

/** The Python that has what image/feast/requirements.txt names. */
export const FEAST_PYTHON = join(toolsFolder(), 'venv', 'feast', 'bin', 'python');

/** Why tests of the image are skipped here; null when it is installed. */
export function missingFeast(): string | null {
  return missingTool('feast', [FEAST_PYTHON]);
}
