import { secondsOf } from '../duration.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { inputColumns } from './names.ts';
import { from, isOwn, type Subject } from './subject.ts';

/** Labels, outcomes and groups, and what is built on them. */
export function checkTruth(subject: Subject): readonly Finding[] {
  return [
    ...checkEvents(subject),
    ...subject.model.labels.flatMap((label, index) => checkLabel(subject, label, ['labels', index])),
    ...checkOutcomes(subject),
    ...checkGroups(subject),
    ...checkRetraining(subject),
  ];
}

/** Labels and outcomes come in by one door, told apart by their event alone. */
function checkEvents({ model }: Subject): readonly Finding[] {
  const places = [
    ...model.labels.map(({ event }, index) => ({ event, path: ['labels', index, 'event'] })),
    ...model.outcomes.map(({ event }, index) => ({ event, path: ['outcomes', index, 'event'] })),
  ];
  const seen = new Set<string>();
  return places.flatMap(({ event, path }): readonly Finding[] => {
    const repeated = seen.has(event);
    seen.add(event);
    return repeated ? [atValue(path, `"${event}" is used twice`, 'Labels and outcomes are told apart by their event.')] : [];
  });
}

type Label = Subject['model']['labels'][number];

function checkLabel(subject: Subject, label: Label, path: Path): readonly Finding[] {
  const { delay, horizon, proxy, selection } = label;
  const findings: Finding[] = [];
  if (horizon !== undefined && secondsOf(horizon) < secondsOf(delay)) {
    findings.push(atValue([...path, 'horizon'], `${horizon} is before the label is due (delay ${delay})`, 'Raise the horizon, or lower the delay.'));
  }
  if (horizon !== undefined && label.default === undefined) {
    findings.push(atKey([...path, 'horizon'], 'says when, and not what no label means', 'Add default: false'));
  }
  if (horizon === undefined && label.default !== undefined) {
    findings.push(atKey([...path, 'default'], 'says what no label means, and not when', 'Add horizon: 90d'));
  }
  if (proxy && selection === undefined) {
    findings.push(atKey([...path, 'proxy'], 'a proxy without its selection', 'Say how rows come to be labelled: selection: reviewed above 0.8'));
  }
  if (!proxy && selection !== undefined) {
    findings.push(atKey([...path, 'selection'], 'a selection, and the label is no proxy', 'Add proxy: true, or leave the selection out.'));
  }
  const truth = subject.model.labels.find((other) => !other.proxy);
  if (proxy && truth !== undefined && secondsOf(delay) >= secondsOf(truth.delay)) {
    findings.push(
      atValue(
        [...path, 'delay'],
        `${delay} is not earlier than the truth it stands in for ("${truth.event}", ${truth.delay})`,
        'Lower it, or leave the proxy out.',
      ),
    );
  }
  return findings;
}

function checkOutcomes({ model }: Subject): readonly Finding[] {
  return model.outcomes.flatMap(({ kind, max }, index): readonly Finding[] => {
    const path: Path = ['outcomes', index];
    if (kind === 'amount' && max === undefined) {
      return [atKey([...path, 'max'], 'is missing: without a bound one order decides the test', 'Add max: 500')];
    }
    return kind === 'count' && max !== undefined ? [atKey([...path, 'max'], 'a count has no bound', 'Use kind: amount, or leave max out.')] : [];
  });
}

function checkGroups(subject: Subject): readonly Finding[] {
  const names = new Set<string>();
  const inputs = new Set(inputColumns(subject).map(({ name }) => name));
  return subject.model.groups.flatMap(({ name, values, reference }, index): readonly Finding[] => {
    const path: Path = ['groups', index];
    const findings: Finding[] = [];
    if (names.has(name)) findings.push(atValue([...path, 'name'], `"${name}" is used twice`, 'Give each group a name of its own.'));
    names.add(name);
    if (inputs.has(name)) {
      findings.push(
        atValue(
          [...path, 'name'],
          `"${name}" is an input, too`,
          'Groups travel apart from the features: leave it out of the inputs, or rename the group.',
        ),
      );
    }
    if (!values.includes(reference)) {
      findings.push(atValue([...path, 'reference'], `"${reference}" is not one of its values`, `Choose one of ${values.join(', ')}.`));
    }
    return findings;
  });
}

function checkRetraining(subject: Subject): readonly Finding[] {
  const { retraining, labels } = subject.model;
  if (retraining === undefined) return [];
  const truth = labels.find(({ proxy }) => !proxy);
  if (truth !== undefined) return checkWindow(subject, retraining.window, truth);
  const problem = labels.length === 0 ? 'there are no labels to train on' : 'there are proxies alone, and they never train a model';
  const place: Path = isOwn(subject, ['retraining']) ? ['retraining'] : ['labels'];
  return [atKey(place, problem, 'Add labels: {event: chargeback, delay: 45d}, or leave retraining out.')];
}

/** Rows that are too young to have a label teach nothing. */
function checkWindow(subject: Subject, window: string, { event, delay }: Label): readonly Finding[] {
  if (secondsOf(window) >= secondsOf(delay)) return [];
  const path: Path = ['retraining', 'window'];
  const problem = `training data goes back ${window}${from(subject, path)}, and "${event}" is known only after ${delay}`;
  return [atValue(path, problem, 'Raise it well above the delay: younger rows have no label.')];
}
