import { atKey, type Finding } from '../read/locate.ts';
import type { Subject } from './subject.ts';

/** Which version serves: a version or an alias. */
export function checkRegistry(subject: Subject): readonly Finding[] {
  const { registry } = subject.model;
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
  return findings;
}
