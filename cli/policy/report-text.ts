import type { Context } from '../context.ts';
import { githubReport } from './format/github.ts';
import { jsonReport } from './format/json.ts';
import { markdownReport } from './format/markdown.ts';
import { sarifReport } from './format/sarif.ts';
import { textReport } from './format/text.ts';
import type { PolicyReport } from './report.ts';

export const POLICY_FORMATS = ['text', 'json', 'sarif', 'github', 'markdown'] as const;
export type PolicyFormat = (typeof POLICY_FORMATS)[number];

const PLAIN: Context['paint'] = (_style, text) => text;

/** One run of the policies, told in any format; without a line break at the end. Colour repeats what the words of the text say. */
export const reportText = (report: PolicyReport, format: PolicyFormat, paint = PLAIN): string => TELLERS[format](report, paint);

const TELLERS: Readonly<Record<PolicyFormat, (report: PolicyReport, paint: Context['paint']) => string>> = {
  text: textReport,
  json: (report) => JSON.stringify(jsonReport(report), null, 2),
  sarif: sarifReport,
  github: githubReport,
  markdown: markdownReport,
};
