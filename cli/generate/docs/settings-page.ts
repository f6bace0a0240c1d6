import { at } from '../../../runtime/model/layers/tree.ts';
import type { JsonSchema } from '../../../runtime/model/schema-types.ts';
import type { CloudProfile } from '../../../stacks/settings/profiles.ts';
import { readSettings } from '../../../stacks/settings/read.ts';
import settingsSchema from '../../../stacks/settings/settings.v1alpha1.json' with { type: 'json' };
import type { Settings } from '../../../stacks/settings/settings-file.ts';
import { fieldSchema, fieldTable, sentence } from './fields.ts';
import { formsOf, type Seen, sectionsOf } from './sections.ts';

const ROOT: JsonSchema = settingsSchema;
const PROFILES: readonly CloudProfile[] = ['dev', 'small', 'staging', 'prod'];

const LEAST = `config:
  weir:profile: dev
  weir:account: "123456789012"
  weir:region: eu-west-1
  weir:owner: platform-team
  weir:costCenter: ml-4711
  weir:network:
    cidr: 10.20.0.0/16
  weir:access:
    deploy: arn:aws:iam::123456789012:role/weir-deploy
  weir:budget:
    emails: [platform-team@example.com]`;

const INTRO = `Each environment has one file, \`stacks/Pulumi.<env>.yaml\`, read by \`pulumi up\` and by [\`weir plan\`](plan.md). Every key begins with \`weir:\`. These
are all that must be said; the rest comes from the profile:

\`\`\`yaml
${LEAST}
\`\`\`

A default that differs between profiles names them. What a mistake looks like: \`weir plan dev\` tells every one with its line, and \`pulumi up\` by its key.
`;

/** `docs/settings.md`: every setting of an environment, with what each profile says. */
export function settingsPage(): string {
  const effective = new Map(PROFILES.map((profile) => [profile, example(profile)]));
  const filledBy = (path: string) =>
    byProfile(
      effective,
      path.split('.').filter((key) => key !== ''),
    );
  const seen: Seen = new Map([[ROOT.properties, '']]);
  const names = Object.keys(ROOT.properties ?? {}).filter((key) => formsOf(ROOT, fieldSchema(ROOT, ROOT, key), key).length > 0);
  const sections = names.flatMap((name) => sectionsOf(ROOT, fieldSchema(ROOT, ROOT, name), name, seen));
  const overview = fieldTable(ROOT, ROOT, '', filledBy).map((line) =>
    line.replace(/^\| `(\w+)`/, (cell, key: string) => (names.includes(key) ? `| [\`${key}\`](#${key.toLowerCase()})` : cell)),
  );
  return [
    '<!-- made by `npm run generate`; edit stacks/settings/settings.v1alpha1.json or stacks/settings/profiles.ts instead -->',
    '# Settings of an environment',
    '',
    INTRO,
    '## All settings',
    '',
    ...overview,
    ...sections.flatMap(({ path, schema }) => [
      `${path.includes('.') ? '###' : '##'} ${path}`,
      '',
      sentence(schema.description ?? ''),
      '',
      ...fieldTable(ROOT, schema, path, filledBy),
    ]),
  ].join('\n');
}

const DIGEST = `sha256:${'0'.repeat(64)}`;
/** What the platform must be told. */
const PLATFORM = {
  gateway: { domain: 'models.example.com', jwt: { issuer: 'https://a.example', jwksUri: 'https://a.example/keys', audiences: ['a'] } },
  images: { digests: { weir: DIGEST, triton: DIGEST, vllm: DIGEST, mlflow: DIGEST, feast: DIGEST } },
};

function example(profile: CloudProfile): Settings {
  const values = { profile, account: '123456789012', region: 'eu-west-1', owner: 'o', costCenter: 'c', network: { cidr: '10.20.0.0/16' } };
  const read = readSettings({
    stack: '*stack*',
    values: { ...values, ...PLATFORM, environment: 'env', access: { deploy: 'arn:aws:iam::123456789012:role/d' }, budget: { emails: ['a@b'] } },
  });
  if (read.kind === 'wrong') throw new Error(`the example settings are wrong: ${JSON.stringify(read.findings)}`);
  return read.settings;
}

/** `2`; prod `3`: what most profiles say, then those that say otherwise. */
function byProfile(effective: ReadonlyMap<CloudProfile, Settings>, path: readonly string[]): string {
  const by = new Map<string, string[]>();
  for (const [profile, settings] of effective) {
    const value = at(settings, path);
    const text =
      path.join('.') === 'environment' || (typeof value === 'object' && !Array.isArray(value))
        ? ''
        : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
    by.set(text, [...(by.get(text) ?? []), profile]);
  }
  const [[only] = [''], ...others] = by;
  if (others.length === 0) return only;
  return [...by].map(([text, profiles]) => `${profiles.join(', ')} ${text}`).join('; ');
}
