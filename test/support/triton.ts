import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type KeptProcess, keepProcess, onFreePorts, untilReady } from './kept-process.ts';
import { missingTool, toolsFolder } from './tools.ts';

/** A real tritonserver 2.51 on the CPU, whose only backend is Python. */
export interface Triton extends AsyncDisposable {
  /** Where it speaks KServe V2 over HTTP: `http://127.0.0.1:…`. */
  readonly origin: string;
  /** `host:port` of KServe V2 over gRPC. */
  readonly grpc: string;
  /** Where its metrics are: `/metrics` below this. */
  readonly metrics: string;
  stop(): Promise<void>;
}

export interface TritonOptions {
  /** The model repository: a folder for each model, with `config.pbtxt` and a folder for each version. */
  readonly repository: string;
  /** Flags as a pod has them; `--model-repository` and all addresses are replaced by ours, and flags of later servers left out. */
  readonly args: readonly string[];
  /** What `$(NAME)` in a flag stands for, as the kubelet puts it in. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long it may take to be ready. Default 30: this server waits long for a Python model that has no file. */
  readonly seconds?: number;
}

const python = (): string => join(toolsFolder(), 'triton', 'bin', 'python');
const launcher = fileURLToPath(new URL('../servers/tritonserver.py', import.meta.url));
const zerosModel = fileURLToPath(new URL('../servers/zeros_model.py', import.meta.url));

/** Why there is no tritonserver here, for `describe.skipIf`; null when there is one. @throws under `CI` */
export function tritonMissing(): string | null {
  return missingTool('triton', [python()]);
}

/**
 * Starts tritonserver on loopback ports and waits until it is ready and all its ports are open: 0.5 s and the model's own time. It ends with this process, however that ends.
 * @throws with the lines in which the server says why it does not start
 */
export async function startTriton({ repository, args, env = {}, seconds = 30 }: TritonOptions): Promise<Triton> {
  return await onFreePorts(3, async ([http = 0, grpc = 0, metrics = 0]) => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-triton-'));
    const ours = [
      `--model-repository=${repository}`,
      ...listenOn({ http, grpc, metrics }),
      `--backend-config=python,shm-region-prefix-name=${basename(folder)}`,
    ];
    const flags = [...args.filter((flag) => !replaced(flag)).map((flag) => expanded(flag, env)), ...ours];
    const server = keepProcess({ command: python(), args: ['-I', launcher, ...flags], folder, graceSeconds: 10 });
    const stop = async (): Promise<void> => {
      await server.stop();
      removeSharedMemory(basename(folder));
    };
    const origin = `http://127.0.0.1:${http}`;
    try {
      // Ports open one after the other, metrics last: a server may say that it is ready before it can be asked for them.
      await untilReady(
        [server],
        seconds,
        async () => (await fetch(`${origin}/v2/health/ready`)).ok && (await fetch(`http://127.0.0.1:${metrics}/metrics`)).ok,
      );
    } catch (cause) {
      const why = complaints(server);
      await stop();
      throw new Error(`tritonserver did not start:\n${why}`, { cause });
    }
    return { origin, grpc: `127.0.0.1:${grpc}`, metrics: `http://127.0.0.1:${metrics}`, stop, [Symbol.asyncDispose]: stop };
  });
}

export interface TritonModel {
  readonly name: string;
  /** The text of its config.pbtxt. */
  readonly config: string;
  /** Its folder: a whole number above 0. Default 1. */
  readonly version?: string;
  /** The text of its model.py. Default: a stand-in that answers zeros to any configuration. */
  readonly code?: string;
}

/** Writes one version of a model of the Python backend into a repository. */
export function writeTritonModel(repository: string, { name, config, version = '1', code }: TritonModel): void {
  const folder = join(repository, name, version);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(repository, name, 'config.pbtxt'), config);
  if (code === undefined) copyFileSync(zerosModel, join(folder, 'model.py'));
  else writeFileSync(join(folder, 'model.py'), code);
}

/** Flags of a pod that cannot hold here: its paths and ports, and what servers since 2.51 have. */
function replaced(flag: string): boolean {
  return /^--(model-repository|(http|grpc|metrics)-(address|port)|allow-client-shm)\b/.test(flag);
}

const expanded = (flag: string, env: Readonly<Record<string, string>>): string =>
  flag.replaceAll(/\$\((\w+)\)/g, (whole, name: string) => env[name] ?? whole);

function listenOn(ports: { readonly http: number; readonly grpc: number; readonly metrics: number }): readonly string[] {
  const addresses = Object.entries(ports).flatMap(([name, port]) => [`--${name}-address=127.0.0.1`, `--${name}-port=${port}`]);
  return addresses;
}

/** The server's own words about what is wrong, without its tables and good news. */
function complaints(server: KeptProcess): string {
  const lines = server.tail(1_000).split('\n');
  const wrong = lines.filter((line) => /error|fail|unrecognized|unexpected|not found|in use/i.test(line) && !/^[+|]|NVML|DCGM/.test(line));
  return (wrong.length > 0 ? wrong : lines.slice(-20)).join('\n');
}

/** What a killed server leaves: its Python processes talk to it through it. */
function removeSharedMemory(prefix: string): void {
  const folder = '/dev/shm';
  for (const name of readdirSync(folder)) if (name.startsWith(prefix)) rmSync(join(folder, name), { force: true });
}
