import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keepProcess, onFreePorts, untilReady } from '../support/kept-process.ts';
import { missingTool, toolsFolder } from '../support/tools.ts';

const run = promisify(execFile);
/** Debian's and PGDG's place; the newest first. */
const INSTALLED = [18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin`);
/** What test/servers/install.sh has unpacked, with its libraries. */
const ROOT = join(toolsFolder(), 'postgresql');
const BIN = INSTALLED.find((folder) => existsSync(join(folder, 'initdb'))) ?? join(ROOT, 'usr/lib/postgresql/15/bin');
const ENV = BIN.startsWith(ROOT) ? { LD_LIBRARY_PATH: join(ROOT, 'usr/lib/x86_64-linux-gnu') } : {};
/** Postgres refuses to run as root. */
const NOBODY = 65_534;

/** Why tests against it are skipped here; null when it is installed (Debian's package postgresql). */
export function missingPostgres(): string | null {
  return missingTool('postgresql', [join(BIN, 'postgres'), join(BIN, 'initdb'), join(BIN, 'psql')]);
}

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** A Postgres of the test's own, with passwords asked of everybody but the superuser. */
export interface Postgres extends AsyncDisposable {
  readonly port: number;
  /** Rows of the last statement, one text for each. As superuser, unless a login is given. */
  sql(database: string, statement: string, login?: Login): Promise<readonly string[]>;
  /** What it wrote: every statement that changes a schema, as RDS is told to. */
  readonly log: () => string;
}

export function startPostgres(): Promise<Postgres> {
  return onFreePorts(1, async ([port = 0]) => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-postgres-'));
    const data = join(folder, 'data');
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chownSync(folder, NOBODY, NOBODY);
    const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    execFileSync(join(BIN, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
      ...who,
      stdio: 'pipe',
      cwd: folder,
      env: { ...process.env, ...ENV },
    });
    const rules = 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n';
    execFileSync('sh', ['-c', 'cat > "$1"', 'sh', join(data, 'pg_hba.conf')], { ...who, input: rules, cwd: folder });
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'log_statement=ddl', 'fsync=off', 'autovacuum=off'];
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    const asNobody = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', join(BIN, 'postgres'), ...args];
    const server = isRoot ? { command: 'setpriv', args: asNobody } : { command: join(BIN, 'postgres'), args };
    const kept = keepProcess({ ...server, folder, env: ENV, graceSeconds: 5 });
    const sql = sqlOn(port);
    try {
      await untilReady([kept], 30, async () => (await sql('postgres', 'SELECT 1')).length === 1);
    } catch (error) {
      await kept.stop();
      throw error;
    }
    const log = join(folder, `${kept.name}.log`);
    return { port, sql, log: () => readFileSync(log, 'utf8'), [Symbol.asyncDispose]: () => kept.stop() };
  });
}

function sqlOn(port: number): Postgres['sql'] {
  return async (database, statement, login) => {
    const user = login?.user ?? 'postgres';
    const args = ['-h', '127.0.0.1', '-p', `${port}`, '-U', user, '-d', database, '-XAtqw', '-v', 'ON_ERROR_STOP=1', '-c', statement];
    const env = { ...process.env, ...ENV, ...(login === undefined ? {} : { PGPASSWORD: login.password }) };
    const { stdout } = await run(join(BIN, 'psql'), args, { env });
    return stdout.split('\n').filter((line) => line !== '');
  };
}
