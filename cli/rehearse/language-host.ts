import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import service from '@pulumi/pulumi/proto/language_grpc_pb.js';
import language from '@pulumi/pulumi/proto/language_pb.js';
import plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import { listen, method, newServer, toValues } from './grpc.ts';
import { modulesOf, providerPackages } from './packages.ts';

/*
 * What `pulumi-language-nodejs` is to the Pulumi CLI: it runs the program by the SDK's own `cmd/run`. Used where the operator's CLI came without one
 * (built from source, as CI does). It installs nothing, and starts no policy packs and no plugins written in Node.
 * usage: language-host.ts --parent=PID [-flags] [ENGINE]   prints its port; PID is the engine's
 */

/** The exit code by which a program says that it has already told its error. */
const TOLD = 32;
/** The id of the engine's process comes from the launcher: here it may have ended already. */
const PARENT = '--parent=';
/** How often it looks whether the engine is still there: nobody else ends it when the CLI was killed. */
const WATCH_MILLISECONDS = 500;

export interface Host {
  engine: string;
  program: ChildProcess | null;
}

/** What the engine asks a language host. */
export function serveLanguage(host: Host) {
  return {
    handshake: method((request: InstanceType<typeof language.LanguageHandshakeRequest>) => {
      host.engine = request.getEngineAddress() || host.engine;
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: method(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(createRequire(import.meta.url)('@pulumi/pulumi/package.json').version);
      return info;
    }),
    getRequiredPackages: method((request: InstanceType<typeof language.GetRequiredPackagesRequest>) => {
      const answer = new language.GetRequiredPackagesResponse();
      for (const { name, version } of providerPackages(modulesOf(request.getInfo()?.getRootDirectory() ?? '.'))) {
        const needed = new plugin.PackageDependency();
        needed.setName(name);
        needed.setKind('resource');
        needed.setVersion(version);
        answer.addPackages(needed);
      }
      return answer;
    }),
    run: method((request: Run) => run(host, request)),
  };
}

type Run = InstanceType<typeof language.RunRequest>;

/** Runs the program to its end. Its output goes to the CLI through ours. */
function run(host: Host, request: Run): Promise<InstanceType<typeof language.RunResponse>> {
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const options = toValues(info?.getOptions());
  const settings = Object.fromEntries(request.getConfigMap().getEntryList());
  const child = spawn(process.execPath, programArgs(host.engine, request), {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(settings),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      PULUMI_NODEJS_TYPESCRIPT: options.typescript === false ? 'false' : 'true',
    },
  });
  host.program = child;
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code, signal) => {
      const answer = new language.RunResponse();
      if (code === TOLD) answer.setBail(true);
      else if (code !== 0) answer.setError(`the program ended with ${signal ?? `code ${code}`}`);
      resolve(answer);
    });
  });
}

function programArgs(engine: string, request: Run): readonly string[] {
  const info = request.getInfo();
  const root = info?.getRootDirectory() ?? request.getPwd();
  const runner = createRequire(join(root, 'package.json')).resolve('@pulumi/pulumi/cmd/run');
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    'root-directory': root,
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
    'dry-run': String(request.getDryrun()),
  };
  return [runner, ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`), info?.getEntryPoint() || '.', ...request.getArgsList()];
}

/** The host that a command line asks for: it ends, with what it has started, as soon as the engine is gone. */
export function watchParent(argv: readonly string[], end: () => void = () => undefined): Host {
  const host: Host = { engine: argv.slice(2).find((arg) => !arg.startsWith('-')) ?? '', program: null };
  const parent = Number(argv.find((arg) => arg.startsWith(PARENT))?.slice(PARENT.length));
  setInterval(() => {
    if (process.ppid === parent) return;
    host.program?.kill('SIGKILL');
    end();
    process.exit(1);
  }, WATCH_MILLISECONDS);
  return host;
}

if (import.meta.main) {
  const server = newServer();
  server.addService(service.LanguageRuntimeService, serveLanguage(watchParent(process.argv)));
  console.log(await listen(server));
}
