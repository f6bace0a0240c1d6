import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { listen, newServer } from '../../cli/rehearse/grpc.ts';

// biome-ignore lint/suspicious/noExplicitAny: generated messages have no types worth their length here
type Message = any;
const load: (path: string) => Message = createRequire(import.meta.url);
const resources = load('@pulumi/pulumi/proto/resource_pb');
const { ResourceMonitorService } = load('@pulumi/pulumi/proto/resource_grpc_pb');
const { EngineService } = load('@pulumi/pulumi/proto/engine_grpc_pb');
const { Empty } = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'))('google-protobuf/google/protobuf/empty_pb');

/** LogSeverity of engine.proto. */
const DEBUG = 0;

export interface Run {
  readonly code: number | null;
  /** Types and names, in the order of registration. */
  readonly registered: readonly string[];
  /** What the program told the engine, and what it wrote. */
  readonly log: string;
}

/**
 * Runs the shipped entry point as the CLI would, against an engine that echoes: it shows that modules, paths and the end of the program work. No
 * diff, state or plugin is behind it; rehearsals have the real one.
 */
export async function runEntry(stack: string, config: Readonly<Record<string, string>>): Promise<Run> {
  const registered: string[] = [];
  const log: string[] = [];
  const server = newServer();
  server.addService(ResourceMonitorService, answers(ResourceMonitorService, monitorAnswers(registered, stack)));
  server.addService(
    EngineService,
    answers(EngineService, { log: (request) => void (request.getSeverity() > DEBUG && log.push(request.getMessage())) }),
  );
  const address = `127.0.0.1:${await listen(server)}`;
  try {
    const code = await program(address, stack, config, log);
    return { code, registered, log: log.join('\n') };
  } finally {
    server.forceShutdown();
  }
}

type Answer = (request: Message) => Message;

function monitorAnswers(registered: string[], stack: string): Readonly<Record<string, Answer>> {
  return {
    getDeploymentInfo: () => new resources.DeploymentInfo().setSupportedfeaturesList(Object.values(resources.ResourceMonitorFeature)),
    registerResource: (request) => {
      const [type, name] = [request.getType(), request.getName()];
      registered.push(`${type} ${name}`);
      const answer = new resources.RegisterResourceResponse();
      answer.setUrn(`urn:pulumi:${stack}::weir::${type}::${name}`);
      answer.setId(request.getCustom() ? `${name}-id` : '');
      answer.setObject(request.getObject());
      return answer;
    },
  };
}

/** Every method of the service: what is not named answers nothing. */
function answers(service: Readonly<Record<string, Message>>, given: Readonly<Record<string, Answer>>) {
  return Object.fromEntries(
    Object.entries(service).map(([name, { responseDeserialize }]) => {
      const reply = (call: { readonly request: Message }, done: (error: null, answer: Message) => void) =>
        done(null, given[name]?.(call.request) ?? responseDeserialize(Buffer.from(new Empty().serializeBinary())));
      return [name, reply];
    }),
  );
}

function program(address: string, stack: string, config: Readonly<Record<string, string>>, log: string[]): Promise<number | null> {
  const run = fileURLToPath(import.meta.resolve('@pulumi/pulumi/cmd/run/index.js'));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const flags = [
    `--monitor=${address}`,
    `--engine=${address}`,
    '--project=weir',
    `--stack=${stack}`,
    `--pwd=${root}stacks`,
    '--dry-run=true',
    'index.ts',
  ];
  const env = { PATH: process.env.PATH, PULUMI_NODEJS_TYPESCRIPT: 'false', PULUMI_CONFIG: JSON.stringify(config) };
  const child = spawn(process.execPath, [run, ...flags], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => log.push(text));
  return new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
}
