import { SECRETS } from '../read/blot.ts';
import { atValue, type Finding, type Path } from '../read/locate.ts';

/** Secrets in any string of a file, as findings that do not repeat them. A file is read by many and kept for ever. */
export function checkSecrets(data: unknown): readonly Finding[] {
  return stringsOf(data, []).flatMap(({ text, path }): readonly Finding[] => {
    const what = kindOf(text, path);
    return what === null
      ? []
      : [atValue(path, `this looks like ${what}`, 'Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.')];
  });
}

interface Text {
  readonly text: string;
  readonly path: Path;
}

function stringsOf(value: unknown, path: Path): readonly Text[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => stringsOf(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) => stringsOf(item, [...path, key]));
}

function kindOf(text: string, path: Path): string | null {
  const known = SECRETS.find(([, form]) => text.search(form) >= 0);
  if (known !== undefined) return known[0];
  const key = String(path.at(-1));
  if (key === 'pagerduty' && /^[a-z0-9]{32}$/.test(text) && /\d/.test(text)) return 'a PagerDuty key, not the name of a secret';
  if (path.at(-2) !== 'environment') return null;
  if (SECRET_NAME.test(key) && text.length >= 4 && !/^(?:\d+|true|false|[$./].*)$/.test(text)) return 'a secret, by the name of its variable';
  return isRandom(text) ? 'a secret: no word has so much chance in it' : null;
}

/** Variables whose values are secrets; `MAX_TOKENS` and `PASSWORD_FILE` are none. */
const SECRET_NAME = /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY|SECRET_KEY|CREDENTIALS?)$/;

/**
 * Twenty characters or more of three kinds, with more than 4 bits of entropy each, that change kind nearly every second time (at random they do
 * in 62 of 100): names such as `ProdCluster2026EuWest` and paths do not.
 */
function isRandom(text: string): boolean {
  if (!/^[A-Za-z0-9+_=-][A-Za-z0-9+/_=-]{19,}$/.test(text)) return false;
  const kinds = Array.from(text, (character) => KINDS.findIndex((kind) => kind.test(character)));
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  return KINDS.every((_, kind) => kinds.includes(kind)) && changes > 0.45 * text.length && entropyOf(text) > 4;
}

const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/] as const;

function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
