import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { featureLines, type ReportData } from '../runtime/drift/report/data.ts';
import { reportJson } from '../runtime/drift/report/json.ts';
import { reportText } from '../runtime/drift/report/text.ts';
import { loadReport } from '../runtime/drift/service/load-report.ts';
import { filesProfileStore } from '../runtime/drift/store/files.ts';
import { HOUR } from '../runtime/drift/windows.ts';
import { ArgsError } from '../runtime/errors.ts';
import type { StateFolder } from '../runtime/local/state-folder.ts';
import { keyOf } from '../runtime/model/types.ts';
import type { DriftFlags } from './commands/drift.ts';
import { type Context, stateOf } from './context.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { findModel } from './models.ts';
import { openObjects } from './objects.ts';
import { existingState, runningPlatform } from './platform.ts';

/** Prints the report of a model. Findings are features that warn or worse, and data that failed. */
export async function showReport(context: Context, name: string, { since, sql = false, json = false, ...common }: DriftFlags): Promise<ExitCode> {
  const folder = existingState(stateOf(context, common));
  const { spec } = await findModel(openObjects(folder, context), name);
  const data = await loadReport(filesProfileStore(folder.drift), spec, Math.ceil(since / HOUR));
  if (data === null) {
    const remedy = 'Verdicts come with the first whole hour of event time; see weir rollout status.';
    throw new ArgsError(keyOf(spec), 'no hour of it has been judged yet', remedy);
  }
  if (json) context.out(JSON.stringify(reportJson(data, spec.owner), null, 2));
  else context.out(reportText(data, { owner: spec.owner, url: pageOf(folder, data), sql }).trimEnd());
  const loud = featureLines(data).some(({ level }) => level === 'warn' || level === 'critical');
  const failed = data.records.at(-1)?.quality.some(({ level }) => level === 'fail') === true;
  return loud || failed ? EXIT.findings : EXIT.fine;
}

/** The day's page: served while the platform runs, a file when it does not; null when none was written yet. */
function pageOf(folder: StateFolder, { tenant, model, date }: ReportData): string | null {
  const path = `reports/${tenant}/${model}/${date}.html`;
  if (!existsSync(join(folder.drift, path))) return null;
  const platform = runningPlatform(folder);
  return platform === null ? join(folder.drift, path) : `http://127.0.0.1:${platform.port}/${path}`;
}
