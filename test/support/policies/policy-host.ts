import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerWritableStream } from '@grpc/grpc-js';
import analyzerService from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import analyzer from '@pulumi/pulumi/proto/analyzer_pb.js';
import languageService from '@pulumi/pulumi/proto/language_grpc_pb.js';
import language from '@pulumi/pulumi/proto/language_pb.js';
import { grpc, listen, newServer } from '../../../cli/rehearse/grpc.ts';
import { serveLanguage, watchParent } from '../../../cli/rehearse/language-host.ts';
import { messageOf } from '../../../runtime/errors.ts';

/*
 * The language host of rehearsals, with what Pulumi's own one has beside it: it starts policy packs (sdk/policy_proxy.go). The engine asks a pack that is not there yet;
 * with its first question comes the stack's configuration, and the pack is started with it in its environment, as packs in Node expect it.
 */

type RunPlugin = ServerWritableStream<InstanceType<typeof language.RunPluginRequest>, InstanceType<typeof language.RunPluginResponse>>;
type Configuration = InstanceType<typeof analyzer.AnalyzerStackConfigureRequest>;

const children = new Set<ChildProcess>();

async function runPlugin(call: RunPlugin): Promise<void> {
  const server = newServer();
  let pack: Promise<Pack> | null = null;
  const started = (configuration: Configuration | null): Promise<Pack> => (pack ??= startPack(call, configuration));
  const handshake = (_: unknown, done: (error: null, answer: unknown) => void): void => done(null, new analyzer.AnalyzerHandshakeResponse());
  const configureStack = ({ request }: { readonly request: Configuration }, done: (error: null, answer: unknown) => void): void => {
    void started(request);
    done(null, new analyzer.AnalyzerStackConfigureResponse());
  };
  server.addService({ ...analyzerService.AnalyzerService, ...FORWARDED }, { ...forwarding(() => started(null)), handshake, configureStack });
  call.write(new language.RunPluginResponse().setStdout(Buffer.from(`${await listen(server)}\n`)));
  call.on('cancelled', () => server.forceShutdown());
}

interface Pack {
  readonly ask: (path: string, request: Buffer) => Promise<Buffer | undefined>;
}

const { handshake: _handshake, configureStack: _configureStack, ...OTHERS } = analyzerService.AnalyzerService;
const asItIs = (bytes: Buffer): Buffer => bytes;
/** What is passed on is not read. */
const FORWARDED = Object.fromEntries(
  Object.entries(OTHERS).map(([name, { path, requestStream, responseStream }]) => {
    const definition = { path, requestStream, responseStream, requestSerialize: asItIs, requestDeserialize: asItIs };
    return [name, { ...definition, responseSerialize: asItIs, responseDeserialize: asItIs }];
  }),
);

/** Every other question waits for the pack, and goes to it. */
function forwarding(started: () => Promise<Pack>) {
  return Object.fromEntries(
    Object.entries(FORWARDED).map(([name, { path }]) => [
      name,
      ({ request }: { readonly request: Buffer }, done: (error: object | null, answer?: Buffer) => void): void => {
        const failed = (error: unknown): void => done({ code: grpc.status.UNKNOWN, details: messageOf(error) });
        void (async () => done(null, await (await started()).ask(path, request)))().catch(failed);
      },
    ]),
  );
}

async function startPack(call: RunPlugin, configuration: Configuration | null): Promise<Pack> {
  const request = call.request;
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const runner = createRequire(join(folder, 'package.json')).resolve('@pulumi/pulumi/cmd/run-policy-pack');
  const inherited = Object.fromEntries(request.getEnvList().map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const settings = configuration?.getConfigMap().getEntryList() ?? [];
  const told = settings.length === 0 ? {} : { PULUMI_CONFIG: JSON.stringify(Object.fromEntries(settings)) };
  const names = configuration === null ? {} : { PULUMI_NODEJS_STACK: configuration.getStack(), PULUMI_NODEJS_PROJECT: configuration.getProject() };
  const child = spawn(process.execPath, [runner, ...request.getArgsList(), folder], {
    cwd: folder,
    env: { ...inherited, ...names, ...told },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.stderr.on('data', (text: Buffer) => call.write(new language.RunPluginResponse().setStderr(text)));
  call.on('cancelled', () => child.kill('SIGKILL'));
  const ended = once(child, 'close').then(([code]) => {
    children.delete(child);
    call.write(new language.RunPluginResponse().setExitcode(Number(code ?? 1)));
    call.end();
    return '';
  });
  const [port] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  if (!/^\d+$/.test(String(port))) throw new Error('policy pack not started');
  const limits = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), limits);
  return {
    ask: (path, asked) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(path, asItIs, asItIs, asked, (error, answer) => (error === null ? resolve(answer) : reject(error)));
      }),
  };
}

const host = watchParent(process.argv, () => {
  for (const child of children) child.kill('SIGKILL');
});
const server = newServer();
server.addService(languageService.LanguageRuntimeService, {
  ...serveLanguage(host),
  runPlugin: (call: RunPlugin) =>
    void runPlugin(call).catch((error: unknown) => call.destroy(error instanceof Error ? error : new Error(messageOf(error)))),
});
console.log(await listen(server));
