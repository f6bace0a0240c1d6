import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import service from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import analyzer from '@pulumi/pulumi/proto/analyzer_pb.js';
import { empty, grpc, toStruct } from '../../../cli/rehearse/grpc.ts';
import type { Resource } from '../../../policies/resource.ts';

/** The pack in the runner that the engine starts it in, without an engine. */
export interface PackRunner extends AsyncDisposable {
  /** As the engine asks: each resource with its inputs, then all together. What was told of resources, in the order of rules. */
  analyze(resources: readonly Resource[]): Promise<readonly Told[]>;
  policies(): Promise<readonly PolicyFacts[]>;
}

/** One violation, as any way of running the pack reports it. */
export interface Told {
  readonly rule: string;
  readonly level: string;
  readonly urn: string;
  /** With the policy's description on the first line. */
  readonly message: string;
}

export interface PolicyFacts {
  readonly name: string;
  readonly level: string;
  readonly severity: string;
  readonly type: string;
  readonly displayName: string;
  readonly description: string;
  readonly remedy: string;
  readonly tags: readonly string[];
  readonly framework: string;
  /** Parameters by name. */
  readonly schema: Readonly<Record<string, { readonly default: unknown }>>;
}

const RUNNER = fileURLToPath(import.meta.resolve('@pulumi/pulumi/cmd/run-policy-pack/index.js'));
export const PACK = fileURLToPath(new URL('../../../policies/', import.meta.url));
/** Nobody is there: the runner talks to an engine only when a program makes resources. */
const NO_ENGINE = '127.0.0.1:1';

function start(config: Readonly<Record<string, string>> | undefined) {
  const env = { PATH: process.env.PATH, ...(config === undefined ? {} : { PULUMI_CONFIG: JSON.stringify(config) }) };
  return spawn(process.execPath, [RUNNER, NO_ENGINE, '.'], { cwd: PACK, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What a pack says that does not start. */
export async function refusal(
  config: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly said: string; readonly port: string }> {
  const child = start(config);
  const texts = { said: '', port: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.port += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.said += text));
  const [code] = await once(child, 'close');
  return { ...texts, code };
}

/** @param config what the engine hands over in PULUMI_CONFIG; without one it is as for `pulumi policy analyze` */
export async function startPack(config?: Readonly<Record<string, string>>): Promise<PackRunner> {
  const child = start(config);
  child.stderr.pipe(process.stderr);
  const ended = once(child, 'exit');
  const [port] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => ['the pack ended before it listened'])]);
  if (!/^\d+$/.test(String(port))) throw new Error(String(port));
  const limits = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
  const client = new service.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), limits);
  return {
    async analyze(resources) {
      const told: Told[] = [];
      for (const resource of resources) {
        const answer = await answerOf<Diagnosed>((done) => client.analyze(oneRequest(resource), done));
        told.push(...answer.getDiagnosticsList().map((each) => toldOf(each, resource.urn)));
      }
      const answer = await answerOf<Diagnosed>((done) =>
        client.analyzeStack(new analyzer.AnalyzeStackRequest().setResourcesList(resources.map(memberOf)), done),
      );
      return [...told, ...answer.getDiagnosticsList().map((each) => toldOf(each, each.getUrn()))];
    },
    async policies() {
      const info = await answerOf<InstanceType<typeof analyzer.AnalyzerInfo>>((done) => client.getAnalyzerInfo(empty(), done));
      return info.getPoliciesList().map((policy) => ({
        name: policy.getName(),
        level: nameIn(analyzer.EnforcementLevel, policy.getEnforcementlevel()),
        severity: nameIn(analyzer.PolicySeverity, policy.getSeverity()).replace('policy_severity_', ''),
        type: nameIn(analyzer.PolicyType, policy.getPolicyType()).replace('policy_type_', ''),
        displayName: policy.getDisplayname(),
        description: policy.getDescription(),
        remedy: policy.getRemediationSteps(),
        tags: policy.getTagsList(),
        framework: `${policy.getFramework()?.getName() ?? ''} ${policy.getFramework()?.getReference() ?? ''}`.trim(),
        schema: schemaOf(policy.getConfigschema()?.getProperties()?.toJavaScript()),
      }));
    },
    async [Symbol.asyncDispose]() {
      client.close();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

type Diagnosed = InstanceType<typeof analyzer.AnalyzeResponse>;

function answerOf<Answer>(ask: (done: (error: Error | null, answer: Answer) => void) => unknown): Promise<Answer> {
  return new Promise((resolve, reject) => ask((error, answer) => (error === null ? resolve(answer) : reject(error))));
}

const nameIn = (names: object, number: number): string =>
  (Object.entries(names).find(([, value]) => value === number)?.[0] ?? String(number)).toLowerCase();

function toldOf(diagnostic: InstanceType<typeof analyzer.AnalyzeDiagnostic>, urn: string): Told {
  const level = nameIn(analyzer.EnforcementLevel, diagnostic.getEnforcementlevel());
  return { rule: diagnostic.getPolicyname(), level, urn, message: diagnostic.getMessage() };
}

function schemaOf(properties: Readonly<Record<string, unknown>> = {}): PolicyFacts['schema'] {
  const entries = Object.entries(properties).map(([name, schema]) => {
    if (typeof schema !== 'object' || schema === null || !('default' in schema)) throw new Error(`${name} has no default`);
    return [name, { default: schema.default }] as const;
  });
  return Object.fromEntries(entries);
}

const optionsOf = ({ options }: Resource) =>
  new analyzer.AnalyzerResourceOptions().setProtect(options.protect ?? false).setParent(options.parent ?? '');

const providerOf = ({ options: { provider } }: Resource) =>
  provider === undefined ? undefined : new analyzer.AnalyzerProviderResource().setUrn(provider).setProperties(toStruct({}));

const propsOf = ({ props }: Resource) => toStruct(typeof props === 'object' && props !== null ? { ...props } : {});

function oneRequest(resource: Resource) {
  const { urn, type, name } = resource;
  const request = new analyzer.AnalyzeRequest().setUrn(urn).setType(type).setName(name);
  return request.setProperties(propsOf(resource)).setOptions(optionsOf(resource)).setProvider(providerOf(resource));
}

function memberOf(resource: Resource) {
  const { urn, type, name, options } = resource;
  const member = new analyzer.AnalyzerResource().setUrn(urn).setType(type).setName(name).setProvider(providerOf(resource));
  member.setProperties(propsOf(resource)).setOptions(optionsOf(resource));
  return member.setParent(options.parent ?? '').setDependenciesList([...(options.dependencies ?? [])]);
}
