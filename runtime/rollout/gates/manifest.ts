import { ArgsError } from '../../errors.ts';
import type { GateSpec } from '../../model/plan.ts';
import { FILES } from '../../registry/port.ts';
import type { Candidate } from './runner.ts';

/** Files that run code when they are loaded. ONNX is a graph: it computes, and nothing else. */
const REFUSED: readonly string[] = ['.so', '.dll', '.dylib', '.pkl', '.pickle', '.pt', '.pth', '.joblib', '.py', '.jar', '.exe'];

/** ONNX, and nothing beside it that could run: by the names of all files in the manifest. */
export async function checkFormat({ version }: Candidate): Promise<string> {
  const paths = version.manifest.files.map(({ path }) => path);
  const code = paths.find((path) => REFUSED.some((end) => path.toLowerCase().endsWith(end)) || /\.so\.\d/.test(path));
  if (code !== undefined) throw new ArgsError(code, 'is code, not a model', 'Export the model to ONNX and leave everything else out.');
  if (!paths.includes(FILES.model)) throw new ArgsError(FILES.model, 'is missing', `Export the model to ONNX as ${FILES.model}.`);
  return `${FILES.model}, no code beside it`;
}

/** Without a reference nobody could say later that the data drifted: 20-drift, 2. */
export async function checkReference({ version }: Candidate): Promise<string> {
  if (!version.hasReference) throw new ArgsError(FILES.reference, 'is missing', 'Build it from the training data, then register the version anew.');
  return `${FILES.reference} is there`;
}

export async function checkMetric({ version }: Candidate, { metric }: GateSpec): Promise<string> {
  if (metric === undefined) throw new ArgsError('gates', 'RegistryMetric names no metric', 'Write metric: {name, min}.');
  const value = version.manifest.metrics[metric.name];
  if (value === undefined) throw new ArgsError(metric.name, 'is not among the metrics of this version', 'Register it with the version.');
  // Not `<`: a metric that is no number must not pass
  if (!(value >= metric.min)) throw new ArgsError(metric.name, `is ${value}, below ${metric.min}`, 'Train a better version, or lower the gate.');
  return `${metric.name} ${value} >= ${metric.min}`;
}
