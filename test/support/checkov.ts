import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { missingTool, toolsFolder } from './tools.ts';

/** The scanner's command, as test/servers/install.sh puts it. */
export const CHECKOV = join(toolsFolder(), 'venv', 'checkov', 'bin', 'checkov');

/** Why the scan is skipped here; see `missingTool`. */
export const withoutCheckov = (): string | null => missingTool('checkov', [CHECKOV]);

/** A rule that a resource breaks. */
export interface Finding {
  /** `CKV_AWS_18`. */
  readonly rule: string;
  readonly title: string;
  /** `aws_s3_bucket.prod-storage-logs`. */
  readonly resource: string;
  /** Name of the scanned file. */
  readonly file: string;
}

export interface Scan {
  readonly failed: readonly Finding[];
  /** Rules that held, once for each resource: a scan that passes nothing has read nothing. */
  readonly passed: readonly Finding[];
  readonly unreadable: readonly string[];
}

interface Record {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
}

interface Report {
  readonly results?: {
    readonly failed_checks?: readonly Record[];
    readonly passed_checks?: readonly Record[];
    readonly parsing_errors?: readonly string[];
  };
}

/** What a folder's files are taken for. */
export type Framework = 'terraform_plan' | 'kubernetes';

/** Scans the files of a folder in one process: most of its seconds are its start. The network is asked for nothing. */
export async function checkov(folder: string, frameworks: readonly Framework[] = ['terraform_plan']): Promise<Scan> {
  const text = await run(['-d', folder, '--framework', ...frameworks, '--skip-download', '--compact', '--output', 'json', '--soft-fail']);
  const parsed: Report | readonly Report[] = JSON.parse(text);
  const reports: readonly Report[] = isList(parsed) ? parsed : [parsed];
  const all = (of: 'failed_checks' | 'passed_checks') => reports.flatMap((each) => each.results?.[of] ?? []).map(findingOf);
  return { failed: all('failed_checks'), passed: all('passed_checks'), unreadable: reports.flatMap((each) => each.results?.parsing_errors ?? []) };
}

const isList = (parsed: Report | readonly Report[]): parsed is readonly Report[] => Array.isArray(parsed);

function findingOf({ check_id, check_name, resource, file_path }: Record): Finding {
  return { rule: check_id, title: check_name, resource, file: file_path.replace(/^.*\//, '') };
}

async function run(args: readonly string[]): Promise<string> {
  const env = { ...process.env, LOG_LEVEL: 'ERROR', ANSI_COLORS_DISABLED: 'true' };
  const child = spawn(CHECKOV, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`checkov ended with ${code}: ${Buffer.concat(err).toString('utf8').slice(-2000)}`);
  return Buffer.concat(out).toString('utf8');
}
