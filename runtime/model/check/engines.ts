import { atKey, atValue, type Finding } from '../read/locate.ts';
import { from, ownFirst, type Subject } from './subject.ts';

/** What each engine needs, and what belongs to another one. */
export function checkEngine(subject: Subject): readonly Finding[] {
  const { serving, llm } = subject.model;
  const { engine } = serving;
  const said = (): string => `engine ${engine}${from(subject, ['serving', 'engine'])}`;
  const findings: Finding[] = [];
  const stray = (place: readonly string[], what: string, wanted: string): void => {
    findings.push(atKey(place, `${what} with ${said()}`, `Use engine: ${wanted}, or leave it out.`));
  };
  if (serving.backend !== undefined && engine !== 'triton') stray(['serving', 'backend'], `a Triton backend`, 'triton');
  if (serving.container !== undefined && engine !== 'container') stray(['serving', 'container'], 'a container', 'container');
  if (serving.family !== undefined && engine !== 'triton') stray(['serving', 'family'], 'a family', 'triton');
  if (llm !== undefined && engine !== 'vllm') stray(['llm'], 'a language model section', 'vllm');
  if (engine === 'container' && serving.container === undefined) {
    findings.push(atKey(['serving', 'container'], 'is missing', 'Add container: {image: "…@sha256:…"}'));
  }
  if (engine === 'container' && serving.container !== undefined && [8080, 8081].includes(serving.container.port)) {
    findings.push(atValue(['serving', 'container', 'port'], `${serving.container.port} is the proxy's port`, 'Listen on another one, such as 8000.'));
  }
  if (engine === 'rules') {
    if (serving.gpu !== 'none')
      findings.push(
        atValue(ownFirst(subject, ['serving', 'gpu'], ['serving', 'engine']), 'rules run in the proxy: they need no GPU', 'Leave gpu out.'),
      );
    if (serving.delivery === 'mountpoint') {
      findings.push(atValue(['serving', 'delivery'], `rules are a small table${from(subject, ['serving', 'delivery'])}`, 'Use delivery: sync.'));
    }
  }
  return engine === 'vllm' ? [...findings, ...checkVllm(subject)] : findings;
}

function checkVllm(subject: Subject): readonly Finding[] {
  const { serving, llm } = subject.model;
  const findings: Finding[] = [];
  if (llm === undefined) findings.push(atKey(['llm'], 'is missing', 'Add llm: {contextTokens: 8192}'));
  if (serving.gpu !== 'whole') {
    const place = ownFirst(subject, ['serving', 'gpu'], ['serving', 'engine']);
    findings.push(atValue(place, `a language model with gpu ${serving.gpu}${from(subject, ['serving', 'gpu'])}`, 'Use gpu: whole.'));
  }
  if (llm === undefined) return findings;
  if (![1, 2, 4, 8].includes(llm.tensorParallel)) {
    findings.push(atValue(['llm', 'tensorParallel'], `weights are not shared by ${llm.tensorParallel} GPUs`, 'Use 1, 2, 4 or 8.'));
  }
  const gpus = serving.gpus ?? llm.tensorParallel;
  if (serving.gpu === 'whole' && gpus < llm.tensorParallel) {
    const place = ownFirst(subject, ['serving', 'gpus'], ['llm', 'tensorParallel']);
    findings.push(
      atValue(place, `${gpus} GPUs are fewer than tensorParallel ${llm.tensorParallel}`, 'Raise serving.gpus, or lower llm.tensorParallel.'),
    );
  }
  return findings;
}
