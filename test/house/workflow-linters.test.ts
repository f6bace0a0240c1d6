import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/sources.ts';
import { missingTool, toolsFolder } from '../support/tools.ts';
import { WORKFLOW_FILES } from '../support/workflows.ts';

const ACTIONLINT = join(toolsFolder(), 'bin', 'actionlint');
const ZIZMOR = join(toolsFolder(), 'venv', 'zizmor', 'bin', 'zizmor');

test.skipIf(missingTool('actionlint', [ACTIONLINT]) !== null)('actionlint finds no mistake', () => {
  const { stdout, stderr, status } = spawnSync(ACTIONLINT, ['-no-color', ...WORKFLOW_FILES], { cwd: ROOT, encoding: 'utf8' });
  expect(`${stdout}${stderr}`).toBe('');
  expect(status).toBe(0);
});

test.skipIf(missingTool('zizmor', [ZIZMOR]) !== null)('zizmor finds no way in', () => {
  const files = [...WORKFLOW_FILES, '.github/dependabot.yml'];
  const { stdout, stderr, status } = spawnSync(ZIZMOR, ['--offline', '--no-progress', '--color=never', ...files], { cwd: ROOT, encoding: 'utf8' });
  expect(`${stdout}${stderr}`).toContain('No findings to report');
  expect(status).toBe(0);
});
