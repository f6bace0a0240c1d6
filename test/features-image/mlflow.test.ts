import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp.ts';
import { missingTool, toolsFolder } from '../support/tools.ts';
import { missingPostgres, startPostgres } from './postgres.ts';

const run = promisify(execFile);
const PYTHON = join(toolsFolder(), 'venv', 'mlflow', 'bin', 'python');
const SCRIPT = join(import.meta.dirname, '../../image/mlflow/weir_mlflow.py');
const missing = missingTool('mlflow', [PYTHON]) ?? missingPostgres();

test.skipIf(missing !== null)(
  'the set-up of MLflow makes its tables in an empty Postgres, a second run changes nothing, and artifacts go through the server',
  async () => {
    await using postgres = await startPostgres();
    using folder = tempFolder();
    for (const database of ['mlflow', 'mlflow_auth']) await postgres.sql('postgres', `CREATE DATABASE ${database}`);
    const uri = (database: string) => `postgresql+psycopg2://postgres@127.0.0.1:${postgres.port}/${database}?sslmode=disable`;
    const env = { PATH: process.env.PATH ?? '', HOME: folder.path, WEIR_URI: uri('mlflow'), WEIR_AUTH_URI: uri('mlflow_auth') };
    const tables = (database: string) => postgres.sql(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
    const migrate = () => run(PYTHON, [SCRIPT, 'migrate'], { env, cwd: folder.path });
    await migrate();
    const first = [await tables('mlflow'), await tables('mlflow_auth')];
    await migrate();
    expect([await tables('mlflow'), await tables('mlflow_auth')]).toEqual(first);
    expect(first[0]).toEqual(expect.arrayContaining(['experiments', 'model_versions', 'registered_models']));
    expect(first[1]).toContain('users');
    expect(await postgres.sql('mlflow', 'SELECT artifact_location FROM experiments')).toEqual(['mlflow-artifacts:/0']);
  },
  300_000, // importing it takes most of that on a busy machine
);

test.skipIf(missing !== null)(
  'what it writes of users is what MLflow reads, whatever stands in a password, and nobody else may read it',
  async () => {
    using folder = tempFolder();
    const file = join(folder.path, 'basic_auth.ini');
    const env = {
      PATH: process.env.PATH ?? '',
      WEIR_AUTH_URI: 'postgresql+psycopg2://u:p%40@h/db',
      WEIR_AUTH_FILE: file,
      WEIR_ADMIN_PASSWORD: 'a%b=c;d',
    };
    await run(PYTHON, [SCRIPT, 'configure'], { env });
    const code = 'import json; from mlflow.server.auth.config import read_auth_config; print(json.dumps(read_auth_config()._asdict()))';
    const { stdout } = await run(PYTHON, ['-c', code], { env: { ...env, MLFLOW_AUTH_CONFIG_PATH: file } });
    const read: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(read).toMatchObject({
      default_permission: 'NO_PERMISSIONS',
      admin_password: 'a%b=c;d',
      database_uri: env.WEIR_AUTH_URI,
      admin_username: 'admin',
    });
    expect(readFileSync(file, 'utf8')).not.toContain('password1234');
    const { stdout: mode } = await run('stat', ['-c', '%a', file]);
    expect(mode.trim()).toBe('600');
  },
);

test.skipIf(missing !== null)('without its variables it is one line that names the first', async () => {
  const failed = run(PYTHON, [SCRIPT, 'configure'], { env: { PATH: process.env.PATH ?? '' } });
  await expect(failed).rejects.toMatchObject({ code: 1, stderr: 'weir_mlflow: WEIR_AUTH_URI is missing in the environment\n' });
});
