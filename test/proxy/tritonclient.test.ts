import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../support/gateway.ts';

const python = join(process.env.WEIR_TOOLS ?? join(homedir(), '.cache', 'weir-tools'), 'tritonclient', 'bin', 'python');
const script = fileURLToPath(new URL('../servers/tritonclient.py', import.meta.url));
const missing = !existsSync(python);
if (missing) console.warn(`skipped: the official Python client is not at ${python}; test/servers/install.sh puts it there`);

describe.skipIf(missing)('tritonclient[http], the official Python client', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  /** `port`: of the gateway, or of one version's own server behind it. */
  async function talk(port: number | undefined): Promise<Readonly<Record<string, unknown>>> {
    const { stdout } = await promisify(execFile)(python, ['-I', script, `127.0.0.1:${port}`, 'eta', '1']);
    return JSON.parse(stdout);
  }

  const expected = {
    live: true,
    ready: true,
    model_ready: true,
    version_ready: true,
    other_ready: false,
    server: { extensions: ['binary_tensor_data'] },
    model: {
      name: 'eta',
      versions: ['1'],
      inputs: [
        { name: 'distance', datatype: 'FP32', shape: [-1, 1] },
        { name: 'place', datatype: 'BYTES', shape: [-1, 1] },
      ],
      outputs: [{ name: 'score', datatype: 'FP32', shape: [-1, 1] }],
    },
    json: { id: 'from-python', version: '1', scores: [1.5, 2.75, -2.5], binary: false },
    binary: { id: 'from-python', version: '1', scores: [1.5, 2.75, -2.5], binary: true },
    versioned: { version: '1', scores: [1.5, 2.75, -2.5] },
    default_outputs: [1.5, 2.75, -2.5],
    wrong: ['400', 'input "distance" has datatype FP64; FP32 is expected'],
    compressed: ['415', 'Content-Encoding "gzip" is not served; send the body uncompressed'],
  };

  test('gets health, metadata and the same prediction in JSON and in binary tensors from the gateway', async () => {
    expect(await talk(world.port)).toMatchObject({ ...expected, unknown: ['404', 'model "nobody" is unknown; there are eta'] });
    const events = world.log.predictions().filter((event) => event.status === 200);
    expect(events).toHaveLength(12);
    expect(events[1]).toMatchObject({ features: { distance: 2.5, place: 'B' }, outputs: { score: 2.75 } });
    expect(events.slice(3, 6).map(({ features, outputs }) => ({ features, outputs }))).toEqual(
      events.slice(0, 3).map(({ features, outputs }) => ({ features, outputs })), // a binary request is logged as the same JSON one
    );
  });

  test('gets the same from the embedded model server itself', async () => {
    expect(await talk(world.server.endpoint('flights/eta', 'a')?.port)).toMatchObject({
      ...expected,
      unknown: ['404', 'model "nobody" is not served here; "eta" is'],
    });
  });
});
