import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { featureStoreYaml, STORE_VARIABLES } from '../../components/features/feature-store.ts';
import { FEAST_ROLES } from '../../components/features/plan.ts';
import { tempFolder } from '../support/temp.ts';
import { FEAST_PYTHON, missingFeast } from './feast.ts';
import { missingPostgres, startPostgres } from './postgres.ts';
import { missingRedis, startRedis } from './redis.ts';

const run = promisify(execFile);
const IMAGE = join(import.meta.dirname, '../../image/feast');
const PYTHON_ENV = {
  PATH: `${join(FEAST_PYTHON, '..')}:${process.env.PATH ?? ''}`,
  PYTHONPATH: IMAGE,
  FEAST_USAGE: 'False',
  AWS_DEFAULT_REGION: 'eu-west-1',
};

const python = async (args: readonly string[], env: Record<string, string> = {}): Promise<string> => {
  const { stdout } = await run(FEAST_PYTHON, args, { env: { ...PYTHON_ENV, ...env }, timeout: 280_000 });
  return stdout.trim().split('\n').at(-1) ?? '';
};

/** Every variable with a value that shows which it was. */
const VARIABLES = Object.fromEntries(Object.values(STORE_VARIABLES).map((variable) => [variable, `the-${variable.toLowerCase()}`]));

describe.skipIf(missingFeast() !== null)('the image of Feast, with the Feast that it has', () => {
  test('a token is a request to connect, signed for one group, one user and a quarter of an hour, as Signature Version 4 says', async () => {
    expect(JSON.parse(await python([join(import.meta.dirname, 'iam_token.py')]))).toMatchObject({
      same: true,
      host: 'weir-prod-features', // lower case, as ElastiCache rebuilds it
      query: { Action: 'connect', User: 'weir-prod-feast-rw', 'X-Amz-Expires': '900', 'X-Amz-Security-Token': 'a/session+token=' },
    });
  });

  test.skipIf(missingRedis() !== null)(
    'each connection has a token of its own: features are read and written after the old one has ended, by both of the clients that Feast has',
    async () => {
      await using redis = await startRedis();
      const told: unknown = JSON.parse(await python([join(import.meta.dirname, 'iam_store.py'), '127.0.0.1', `${redis.port}`]));
      expect(told).toMatchObject({ reads: [7, 8, 8, 8], oldToken: 'refused', ttl: [604_800], signedBefore: 2, signedAfter: 3 });
    },
    300_000, // importing it takes most of that on a busy machine
  );

  test.each(['valkey', 'dynamodb'] as const)('Feast takes the store with %s, and knows every key of it', async (online) => {
    using folder = tempFolder();
    const file = join(folder.path, 'feature_store.yaml');
    writeFileSync(file, featureStoreYaml({ project: 'prod_platform', region: 'eu-west-1', online, certificates: '/etc/ssl/rds.pem' }));
    const code = [
      'import json, sys; from pathlib import Path; from feast.repo_config import load_repo_config',
      'c = load_repo_config(Path(sys.argv[1]).parent, Path(sys.argv[1]))',
      'told = {k: getattr(c, k).model_dump(mode="json") for k in ("registry", "online_store", "offline_store", "feature_server")}',
      'print(json.dumps({**told, "unknown": sorted(set(c.online_store.model_extra or {}) | set(c.registry.model_extra or {}))}))',
    ].join('\n');
    const read: unknown = JSON.parse(await python(['-c', code, file], VARIABLES));
    const path =
      'postgresql+psycopg://the-feast_db_user:the-feast_db_password@the-feast_db_host:5432/feast?sslmode=verify-full&sslrootcert=/etc/ssl/rds.pem';
    expect(read).toMatchObject({
      unknown: [],
      registry: { path, schema_mode: 'verify' },
      offline_store: {
        workgroup: 'the-feast_workgroup',
        database: 'the-feast_glue_database',
        s3_staging_location: 's3://the-feast_bucket/feast/staging',
      },
      online_store: online === 'valkey' ? { iam_user: 'the-feast_valkey_user', iam_group: 'the-feast_valkey_group' } : { batch_size: 100 },
      feature_server: { metrics: { enabled: true, freshness: true } },
    });
  });
});

describe.skipIf(missingFeast() !== null || missingPostgres() !== null)('the set-up of Feast, in a real Postgres', () => {
  test('tables, project and permissions are there after it, a second run changes nothing, and a stranger may do nothing', async () => {
    await using postgres = await startPostgres();
    using folder = tempFolder();
    await postgres.sql('postgres', "CREATE ROLE feast LOGIN PASSWORD 'secret'");
    await postgres.sql('postgres', 'CREATE DATABASE feast OWNER feast');
    const text = featureStoreYaml({ project: 'prod_platform', region: 'eu-west-1', online: 'dynamodb', certificates: '' });
    const file = join(folder.path, 'feature_store.yaml');
    mkdirSync(join(folder.path, 'home'));
    writeFileSync(file, text.replace(':5432', `:${postgres.port}`).replace('sslmode=verify-full', 'sslmode=disable'));
    const login = { FEAST_DB_HOST: '127.0.0.1', FEAST_DB_USER: 'feast', FEAST_DB_PASSWORD: 'secret' };
    const env = { ...VARIABLES, ...login, FEAST_FS_YAML_FILE_PATH: file, HOME: join(folder.path, 'home') };
    for (const _ of ['first', 'second']) expect(await python(['-m', 'weir_permissions'], env)).toBe('weir_permissions: prod_platform is ready');
    const told: unknown = JSON.parse(await python([join(import.meta.dirname, 'feast_rights.py'), ...FEAST_ROLES], env));
    expect(told).toEqual({
      stranger: [],
      'feast-admin': ['CREATE', 'DELETE', 'DESCRIBE', 'READ_OFFLINE', 'READ_ONLINE', 'UPDATE', 'WRITE_OFFLINE', 'WRITE_ONLINE'],
      'feast-reader': ['DESCRIBE', 'READ_ONLINE'],
      'feast-writer': ['DESCRIBE', 'WRITE_OFFLINE', 'WRITE_ONLINE'],
    });
  }, 300_000);
});
