import * as pulumi from '@pulumi/pulumi';
import { ArgsError } from '../runtime/errors.ts';
import { isMap } from '../runtime/model/layers/tree.ts';
import type { JsonSchema } from '../runtime/model/schema-types.ts';
import { readSettings, settingsError } from './settings/read.ts';
import settingsSchema from './settings/settings.v1alpha1.json' with { type: 'json' };
import type { Settings } from './settings/settings-file.ts';

const SCHEMA: JsonSchema = settingsSchema;
const PREFIX = 'weir:';
const CREDENTIALS = 'registryCredentials';

/** A registry that wants a user. */
export type CredentialRegistry = 'dockerHub' | 'github';

/** What a stack is told. */
export interface StackSettings {
  readonly settings: Settings;
  /** By registry: `{"username":…,"accessToken":…}`, a secret that stays one. */
  readonly credentials: ReadonlyMap<CredentialRegistry, pulumi.Output<string>>;
}

/** Reads the settings of the running stack: the only place that asks Pulumi for configuration. Throws an `ArgsError` that names every mistake. */
export function stackSettings(): StackSettings {
  const config = pulumi.runtime.allConfig();
  const values = Object.fromEntries(
    Object.entries(config).flatMap(([key, text]) =>
      key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), given(key.slice(PREFIX.length), text)]] : [],
    ),
  );
  const read = readSettings({ stack: pulumi.getStack(), values });
  if (read.kind === 'wrong') throw settingsError(read.findings);
  return { settings: read.settings, credentials: credentialsOf(read.settings) };
}

/** Pulumi hands every value over as text: lists and objects as JSON. */
function given(key: string, text: string): unknown {
  const schema = SCHEMA.properties?.[key];
  if (schema?.type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  if (schema?.type === 'string' || !/^[[{]/.test(text)) return text;
  const value: unknown = JSON.parse(text);
  return value;
}

/** The schema has seen that they are whole; here that they were encrypted. */
function credentialsOf({ registryCredentials }: Settings): StackSettings['credentials'] {
  if (registryCredentials === undefined) return new Map();
  if (!isEncrypted(`${PREFIX}${CREDENTIALS}`)) {
    const remedy = `Set each with \`pulumi config set --secret --path weir:${CREDENTIALS}.…\`, and revoke the token: it stands in clear in a file.`;
    throw new ArgsError(`${PREFIX}${CREDENTIALS}`, 'is not encrypted', remedy);
  }
  const registries = Object.entries(registryCredentials).flatMap(([registry, value]) =>
    isMap(value) && isRegistry(registry) ? [[registry, value] as const] : [],
  );
  return new Map(registries.map(([registry, value]) => [registry, pulumi.secret(JSON.stringify(value))]));
}

const isRegistry = (name: string): name is CredentialRegistry => name === 'dockerHub' || name === 'github';

/** The SDK knows, but its types do not say so. */
function isEncrypted(key: string): boolean {
  const known: unknown = Reflect.get(pulumi.runtime, 'isConfigSecret');
  return typeof known === 'function' && known(key) === true;
}
