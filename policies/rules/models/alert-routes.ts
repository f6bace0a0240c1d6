import type { Reader } from '../../reader.ts';

/**
 * The receiver that a page reaches, if it tells nobody; null if somebody hears of it. Of a route's children the first that is about severity
 * alone decides: those with other conditions are about alerts of their own.
 * @throws Undecided
 */
export function deafReceiver(config: Reader): string | null {
  const children = config.list('route.routes').filter((route) => takesEveryPage(route));
  const name = children[0]?.text('receiver') ?? config.text('route.receiver') ?? '';
  const receiver = config.list('receivers').find((one) => one.text('name') === name);
  return receiver !== undefined && tells(receiver) ? null : name;
}

function takesEveryPage(route: Reader): boolean {
  const conditions = conditionsOf(route);
  return conditions.length > 0 && conditions.every(({ name, accepts }) => name === 'severity' && accepts('page'));
}

interface Condition {
  readonly name: string;
  readonly accepts: (value: string) => boolean;
}

/** `severity="page"` of Alertmanager's file, `{name, value, matchType}` of the operator's, `match: {severity: page}` of older files. */
function conditionsOf(route: Reader): readonly Condition[] {
  const matchers = route.list('matchers').map((matcher): Condition => {
    const line = /^\s*(\w+)\s*(=~|!=|!~|=)\s*"?(.*?)"?\s*$/.exec(matcher.text([]) ?? '');
    if (line !== null) return condition(line[1] ?? '', line[2] ?? '=', line[3] ?? '');
    return condition(matcher.text('name') ?? '', matcher.text('matchType') ?? '=', matcher.text('value') ?? '');
  });
  const older = route.keys('match').map((name) => condition(name, '=', route.text(['match', name]) ?? ''));
  return [...matchers, ...older];
}

function condition(name: string, type: string, value: string): Condition {
  if (type === '=') return { name, accepts: (given) => given === value };
  if (type === '!=') return { name, accepts: (given) => given !== value };
  const accepted = value.split('|'); // alternatives are all that is written there; a richer pattern accepts none of ours
  return { name, accepts: (given) => accepted.includes(given) === (type === '=~') };
}

/** `slack_configs`, `pagerdutyConfigs`: lists of where it sends to. */
const tells = (receiver: Reader): boolean => receiver.keys([]).some((key) => /_?configs$/i.test(key) && receiver.list([key]).length > 0);
