import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { from, ownFirst, type Subject } from './subject.ts';

/** Headers that connections and Weir itself speak by (10-rollout, 9): a caller's choice must not hang on them. */
const TAKEN = new Set([
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'te',
  'transfer-encoding',
  'upgrade',
  'x-model-version',
  'x-request-id',
  'x-weir-arm',
  'x-weir-tenant',
  'x-weir-version',
]);

/** Paths that the gateway answers itself. */
const PATHS = ['/v2/labels', '/v2/health', '/healthz', '/metrics'];

/** Headers that decide something, and the path of the route. */
export function checkRequests(subject: Subject): readonly Finding[] {
  return [...checkHeaders(subject), ...checkPath(subject)];
}

function checkHeaders(subject: Subject): readonly Finding[] {
  const { rollout, serving } = subject.model;
  const headers: readonly (readonly [Path, string | undefined])[] = [
    [['serving', 'family', 'header'], serving.family?.header],
    [['rollout', 'stickiness', 'header'], rollout.stickiness?.header],
    [['rollout', 'preview', 'header'], rollout.preview?.header],
  ];
  const findings: Finding[] = [];
  for (const [path, header] of headers) {
    if (header !== undefined && TAKEN.has(header)) {
      findings.push(atValue(path, `"${header}" has a meaning already${from(subject, path)}`, 'Choose a header of your own, such as x-user-id.'));
    }
  }
  const preview = rollout.preview?.header;
  for (const [path, header] of headers.slice(0, 2)) {
    if (preview === undefined || header !== preview) continue;
    const place = ownFirst(subject, ['rollout', 'preview', 'header'], path);
    const who = path.includes('family') ? 'names the member' : 'names the user';
    findings.push(atValue(place, `"${preview}" ${who}: every such request would be a preview`, 'Give the preview a header of its own.'));
  }
  return findings;
}

function checkPath(subject: Subject): readonly Finding[] {
  const { path } = subject.model.route;
  const taken = PATHS.find((own) => path === own || path.startsWith(`${own}/`) || own.startsWith(`${path}/`));
  return taken === undefined
    ? []
    : [atValue(['route', 'path'], `"${path}" takes ${taken} from the gateway`, `Leave it out: /v2/models/${subject.model.model}`)];
}

/** An A/B test without users to keep compares nothing (10-rollout, 1). */
export function checkStickiness(subject: Subject): readonly Finding[] {
  const { preset, stickiness } = subject.model.rollout;
  if (preset !== 'ab-test' || stickiness !== undefined) return [];
  return [
    atKey(['rollout', 'preset'], 'an A/B test keeps each user on one version, and no header names the user', 'Add stickiness: {header: x-user-id}'),
  ];
}
