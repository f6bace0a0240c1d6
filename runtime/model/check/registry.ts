import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import type { Subject } from './subject.ts';

/** Which version serves: a version or an alias, as a person would read it. */
export function checkRegistry(subject: Subject): readonly Finding[] {
  const { registry, llm } = subject.model;
  const findings: Finding[] = [];
  if (registry.version === undefined && registry.follow === undefined) {
    findings.push(atKey(['registry', 'version'], 'is missing', 'Add version: 8, or follow: candidate'));
  }
  if (registry.version !== undefined && registry.follow !== undefined) {
    findings.push(atKey(['registry', 'follow'], `follows an alias, and version ${registry.version} is fixed`, 'Give one of the two.'));
  }
  if (registry.digest !== undefined && registry.follow !== undefined) {
    findings.push(atKey(['registry', 'digest'], 'pins one version, and the alias moves on', 'Leave the digest out, or give a version.'));
  }
  const versions: readonly (readonly [Path, string | undefined])[] = [
    [['registry', 'version'], registry.version],
    [['llm', 'prompt', 'version'], llm?.prompt?.version],
    [['llm', 'guardrails', 'version'], llm?.guardrails?.version],
  ];
  return [...findings, ...versions.flatMap(([path, version]) => checkVersion(subject, path, version))];
}

/** `1.10` is the number 1.1 to YAML, and `010` the number 10: a version must be what a person reads. */
function checkVersion({ written }: Subject, path: Path, version: string | undefined): readonly Finding[] {
  const text = version === undefined ? null : written(path);
  if (text === null || text === version || /^["']/.test(text)) return [];
  return [atValue(path, `${text} is read as the number ${version}`, `Write it in quotes: "${text}".`)];
}
