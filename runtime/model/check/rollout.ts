import { secondsOf } from '../duration.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { from, isOwn, ownFirst, type Subject } from './subject.ts';

/** The way of a version to traffic: steps, dwells, baking, deadlines. */
export function checkRollout(subject: Subject): readonly Finding[] {
  return [...checkOrder(subject), ...checkDwells(subject), ...checkLabelGate(subject), ...checkDeadline(subject)];
}

const STEPS: Path = ['rollout', 'steps'];

function checkOrder(subject: Subject): readonly Finding[] {
  const { steps, preset } = subject.model.rollout;
  if (steps.length === 0 && preset !== 'blue-green') {
    return [atValue(STEPS, 'a list of no steps', 'A version would get all traffic unseen: give a step, such as {weight: 10}')];
  }
  let weight = 0;
  return steps.flatMap((step, index): readonly Finding[] => {
    const path: Path = [...STEPS, index];
    if ('shadow' in step) {
      return weight > 0 ? [atValue([...path, 'shadow'], `a shadow step after weight ${weight}`, 'Put shadow steps before the weights.')] : [];
    }
    if (!('weight' in step)) return [];
    const before = weight;
    weight = Math.max(weight, step.weight);
    const hundredths = step.weight * 100;
    if (Math.abs(hundredths - Math.round(hundredths)) > 1e-6)
      return [atValue([...path, 'weight'], `weight ${step.weight} is finer than 0.01 %`, 'Round it.')];
    return step.weight > before ? [] : [atValue([...path, 'weight'], `weight ${step.weight} after weight ${before}`, 'Let the weights rise.')];
  });
}

/** Dwells that cannot be kept, whether the file says both ends or the preset says one of them. */
function checkDwells(subject: Subject): readonly Finding[] {
  return subject.model.rollout.steps.flatMap((step, index): readonly Finding[] => {
    if ('approve' in step) return [];
    const place: Path = [...STEPS, index, ...('shadow' in step ? ['shadow'] : [])];
    const { minDwell, maxDwell } = 'shadow' in step ? step.shadow : step;
    if (secondsOf(minDwell) <= secondsOf(maxDwell)) return [];
    const [least, most]: readonly [Path, Path] = [
      [...place, 'minDwell'],
      [...place, 'maxDwell'],
    ];
    const problem = `maxDwell ${maxDwell}${from(subject, most)} is shorter than minDwell ${minDwell}${from(subject, least)}`;
    return [atValue(ownFirst(subject, most, least), problem, 'Raise maxDwell, or lower minDwell.')];
  });
}

function checkLabelGate(subject: Subject): readonly Finding[] {
  const { rollout, labels } = subject.model;
  const gate = rollout.bake.labelGate;
  if (gate === undefined) return [];
  const path: Path = ['rollout', 'bake', 'labelGate'];
  const place: Path = isOwn(subject, path) ? path : ['labels'];
  const truth = labels.find(({ proxy }) => !proxy);
  const proxy = labels.find((label) => label.proxy);
  if (labels.length === 0)
    return [atKey(place, `waits for labels${from(subject, path)}, and there are none`, 'Declare labels, or leave the gate out.')];
  if (gate.onMaxWait === 'Proxy' && proxy === undefined) {
    return [atValue([...path, 'onMaxWait'], 'no label is a proxy', 'Declare one with proxy: true, or use onMaxWait: Hold.')];
  }
  if (gate.onMaxWait === 'Hold' && truth !== undefined && secondsOf(gate.maxWait) < secondsOf(truth.delay)) {
    const [wait, delay]: readonly [Path, Path] = [
      [...path, 'maxWait'],
      ['labels', labels.indexOf(truth), 'delay'],
    ];
    const problem = `maxWait ${gate.maxWait}${from(subject, wait)} ends before the first label is due ("${truth.event}", delay ${truth.delay})`;
    return [atValue(ownFirst(subject, wait, delay), problem, 'Raise maxWait, or let a proxy label decide: onMaxWait: Proxy.')];
  }
  return [];
}

/** A version that needs longer to load than it is given fails every rollout. One machine loads in seconds: `local` is left alone. */
function checkDeadline(subject: Subject): readonly Finding[] {
  const { rollout, serving } = subject.model;
  if (rollout.preset === 'local' || secondsOf(rollout.progressDeadline) >= secondsOf(serving.loadTime)) return [];
  const [deadline, load]: readonly [Path, Path] = [
    ['rollout', 'progressDeadline'],
    ['serving', 'loadTime'],
  ];
  const problem = `progressDeadline ${rollout.progressDeadline}${from(subject, deadline)} ends before the model has loaded (loadTime ${serving.loadTime}${from(subject, load)})`;
  return [atValue(ownFirst(subject, deadline, load), problem, 'Raise rollout.progressDeadline to at least twice loadTime.')];
}
