// A process of its own: `node bench/plan-main.ts RESOURCES` records networks of production's shape until there are that many, and prints one line of JSON.
import { record } from '../cli/graph/record.ts';
import { Network } from '../components/network/network.ts';
import { makeHooks } from '../stacks/hooks.ts';

const PLACE = { region: 'eu-west-1', partition: 'aws', account: '123456789012', clusterName: 'weir-bench' };
const SHAPE = { zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], nat: 'zone', interfaceEndpoints: 'full' } as const;

/** Networks of an environment each; their resources are counted, components included. */
async function recordNetworks(count: number): Promise<number> {
  const { graph } = await record(() => {
    const hooks = makeHooks(PLACE);
    return Array.from(
      { length: count },
      (_, index) => new Network(`bench${index}-network`, { ...PLACE, ...SHAPE, cidr: `10.${index}.0.0/16`, hooks }),
    ).length;
  });
  return graph.size;
}

const wanted = Number(process.argv[2]);
const each = await recordNetworks(1); // loads the SDK too, which is not what is measured
const before = process.cpuUsage();
const resources = await recordNetworks(Math.round(wanted / each));
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ resources, cpuMs: (user + system) / 1_000 }));
