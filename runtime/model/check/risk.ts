import { durationText, secondsOf } from '../duration.ts';
import { isCalled } from '../layers/preset-layer.ts';
import { riskMinimum } from '../layers/risk.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { from, ownFirst, type Subject } from './subject.ts';
import { isLocal, type Placed } from './world.ts';

const PRESET: Path = ['rollout', 'preset'];
const GATES: Path = ['rollout', 'gates'];

/** What the risk class of a model asks for at least (01-mission, R5). Nobody is at risk on one machine. */
export function checkRisk({ loaded, world }: Placed): readonly Finding[] {
  const subject: Subject = loaded;
  const { risk, rollout } = subject.model;
  const minimum = riskMinimum(risk);
  if (isLocal(world)) return [];
  if (minimum.preset !== null && rollout.preset !== minimum.preset) {
    const problem = `${said(subject)} asks for ${minimum.preset}, not ${rollout.preset}${from(subject, PRESET)}`;
    return [atValue(ownFirst(subject, PRESET, ['risk']), problem, `Use rollout: ${minimum.preset}, or another risk class.`)]; // the rest follows from it
  }
  return [...checkTime(subject), ...checkApproval(subject), ...checkGateList(subject)];
}

/** `risk high`, and where that is said. */
const said = (subject: Subject): string => `risk ${subject.model.risk}${from(subject, ['risk'])}`;

function checkTime(subject: Subject): readonly Finding[] {
  const { risk, pattern, rollout } = subject.model;
  const minimum = riskMinimum(risk);
  const shadow = rollout.steps.reduce((sum, step) => sum + ('shadow' in step ? secondsOf(step.shadow.minDwell) : 0), 0);
  const findings: Finding[] = [];
  if (isCalled(pattern) && shadow < secondsOf(minimum.shadow)) {
    const problem = `${said(subject)} asks for ${minimum.shadow} in shadow, and the steps have ${durationText(shadow)}`;
    findings.push(atValue(ownFirst(subject, ['rollout', 'steps'], ['risk']), problem, 'Raise minDwell of the shadow steps, or leave steps out.'));
  }
  if (secondsOf(rollout.bake.duration) < secondsOf(minimum.bake)) {
    const place: Path = ['rollout', 'bake', 'duration'];
    const problem = `${said(subject)} asks for ${minimum.bake} of baking, not ${rollout.bake.duration}${from(subject, place)}`;
    findings.push(atValue(ownFirst(subject, place, ['risk']), problem, `Give at least ${minimum.bake}, or leave it out.`));
  }
  return findings;
}

/** A person says yes before anybody is answered by the version. */
function checkApproval(subject: Subject): readonly Finding[] {
  const { risk, rollout } = subject.model;
  if (!riskMinimum(risk).approval) return [];
  const weight = rollout.steps.findIndex((step) => 'weight' in step);
  const before = rollout.steps.slice(0, weight < 0 ? undefined : weight);
  if (before.some((step) => 'approve' in step)) return [];
  const problem = `${said(subject)} asks for an approval before the first weight`;
  return [atValue(ownFirst(subject, ['rollout', 'steps'], ['risk']), problem, 'Add {approve: {by: owner}} before it, or leave steps out.')];
}

function checkGateList(subject: Subject): readonly Finding[] {
  const { risk, rollout, groups } = subject.model;
  const wanted = riskMinimum(risk).gates.filter((type) => type !== 'Fairness' || groups.length > 0);
  const missing = wanted.filter((type) => !rollout.gates.some((gate) => gate.type === type));
  const findings: Finding[] = [];
  if (missing.length > 0) {
    const list = missing.length === 1 ? `gate ${missing[0]} is missing` : `gates ${missing.join(', ')} are missing`;
    findings.push(
      atKey(
        ownFirst(subject, GATES, ['risk']),
        `${list}, and ${said(subject)} asks for them`.replace(/for them$/, missing.length === 1 ? 'for it' : 'for them'),
        `Add ${missing.map((type) => `{type: ${type}}`).join(', ')}: a list replaces the preset's.`,
      ),
    );
  }
  const lax = rollout.gates.flatMap(({ type, onFail }, index): readonly Finding[] => {
    if (onFail === 'Reject' || type === 'Fairness' || !wanted.includes(type)) return [];
    return [atValue([...GATES, index, 'onFail'], `${said(subject)} asks for ${type} to reject`, 'Use Reject.')];
  });
  return [...findings, ...lax];
}
