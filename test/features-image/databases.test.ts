import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planDatabases } from '../../components/registry/databases-plan.ts';
import { type Moto, missingMoto, startMoto } from '../support/moto.ts';
import { FEAST_PYTHON, missingFeast } from './feast.ts';
import { missingPostgres, type Postgres, startPostgres } from './postgres.ts';

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, '../../image/feast/weir_databases.py');
const missing = missingFeast() ?? missingPostgres() ?? missingMoto();
const { wanted, secrets } = planDatabases({ env: 'test', masterSecretArn: 'arn', keyArn: 'arn' });

/** As RDS has it: a user who may make roles and databases, and is no superuser. */
const MASTER = { username: 'weir', password: 'of-the-master' };
/** Python that calls Secrets Manager, told by one argument. */
const AWS = 'import boto3, json, sys\nmanager = boto3.client("secretsmanager")\n';

describe.skipIf(missing !== null)('the Job that makes databases, in a real Postgres', () => {
  let postgres: Postgres;
  let moto: Moto;
  let env: Record<string, string>;
  const python = async (code: string): Promise<string> => (await run(FEAST_PYTHON, ['-c', `${AWS}${code}`], { env })).stdout.trim();
  const job = (change: Record<string, string> = {}) => run(FEAST_PYTHON, [SCRIPT], { env: { ...env, ...change } });
  const passwordOf = async (secret: string): Promise<string> =>
    python(`print(json.loads(manager.get_secret_value(SecretId="${secret}")["SecretString"])["password"])`);

  beforeAll(async () => {
    [postgres, moto] = await Promise.all([startPostgres(), startMoto()]);
    await postgres.sql('postgres', `CREATE ROLE weir LOGIN CREATEDB CREATEROLE PASSWORD '${MASTER.password}'`);
    const place = { WEIR_DATABASE_HOST: '127.0.0.1', WEIR_DATABASE_PORT: `${postgres.port}`, PGSSLMODE: 'disable' };
    env = {
      PATH: process.env.PATH ?? '',
      AWS_DEFAULT_REGION: 'eu-west-1',
      ...moto.env,
      ...place,
      WEIR_DATABASES: wanted,
      WEIR_MASTER_SECRET: 'master',
    };
    const made = Object.values(secrets).map((name) => `manager.create_secret(Name="${name}")`);
    await python([`manager.create_secret(Name="master", SecretString='${JSON.stringify(MASTER)}')`, ...made].join('\n'));
    await job();
  }, 300_000);
  afterAll(async () => {
    await postgres?.[Symbol.asyncDispose]();
    await moto?.[Symbol.asyncDispose]();
  });

  test('each database is there, and belongs to its role', async () => {
    const owners =
      "SELECT datname || '=' || rolname FROM pg_database JOIN pg_roles ON datdba = pg_roles.oid WHERE datname NOT LIKE 'template%' ORDER BY 1";
    expect(await postgres.sql('postgres', owners)).toEqual(['argo=argo', 'feast=feast', 'mlflow=mlflow', 'mlflow_auth=mlflow', 'postgres=postgres']);
  });

  test('a role signs in with the password that Secrets Manager has, makes tables in its own database, and enters no other', async () => {
    const password = await passwordOf(secrets.mlflow);
    expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
    const login = { user: 'mlflow', password };
    expect(await postgres.sql('mlflow', 'CREATE TABLE runs (id int); SELECT count(*) FROM runs', login)).toEqual(['0']);
    await expect(postgres.sql('feast', 'SELECT 1', login)).rejects.toThrow(/permission denied for database "feast"/);
    await expect(postgres.sql('mlflow', 'SELECT 1', { ...login, password: 'guessed' })).rejects.toThrow(/password authentication failed/);
  });

  test('a role may make neither roles nor databases', async () => {
    const rights =
      "SELECT rolname FROM pg_roles WHERE rolname IN ('argo', 'feast', 'mlflow') AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication)";
    expect(await postgres.sql('postgres', rights)).toEqual([]);
  });

  test('neither the log nor the catalogue has a password, and the master belongs to none of the roles', async () => {
    const password = await passwordOf(secrets.argo);
    expect(postgres.log()).toContain('CREATE ROLE "argo"');
    expect(postgres.log()).not.toContain(password);
    expect(await postgres.sql('postgres', "SELECT rolpassword FROM pg_authid WHERE rolname = 'argo'")).toEqual([
      expect.stringMatching(/^SCRAM-SHA-256\$/),
    ]);
    const memberships = "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON m.member = r.oid WHERE r.rolname = 'weir'";
    expect(await postgres.sql('postgres', memberships)).toEqual([]);
  });

  test('a second run keeps passwords and data, and brings a changed password of a role back', async () => {
    const before = await passwordOf(secrets.feast);
    await postgres.sql('feast', 'CREATE TABLE views (id int)', { user: 'feast', password: before });
    await postgres.sql('postgres', "ALTER ROLE feast PASSWORD 'somebody changed it'");
    await job();
    expect(await passwordOf(secrets.feast)).toBe(before);
    expect(await postgres.sql('feast', 'SELECT count(*) FROM views', { user: 'feast', password: before })).toEqual(['0']);
  });

  test('a secret that was lost is made again, and the role takes the new password', async () => {
    const before = await passwordOf(secrets.argo);
    await python(`manager.delete_secret(SecretId="${secrets.argo}", ForceDeleteWithoutRecovery=True); manager.create_secret(Name="${secrets.argo}")`);
    await job();
    const after = await passwordOf(secrets.argo);
    expect(after).not.toBe(before);
    expect(await postgres.sql('argo', 'SELECT 1', { user: 'argo', password: after })).toEqual(['1']);
  });

  test('a missing variable is one line and status 2', async () => {
    await expect(job({ WEIR_DATABASES: '' })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^weir_databases: environment: .+\n$/),
    });
  });
});
