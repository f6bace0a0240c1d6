import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph, Node, Recording } from '../../cli/graph/node.ts';
import { leaks } from '../../cli/graph/secrets.ts';
import { LAYERS, layerOf } from '../../stacks/topics.ts';
import { PROFILES, recordEnvironment, SPLITS } from '../support/environments.ts';
import { goldenText } from '../support/golden.ts';

/** The aim of 40-pulumi 5.8: above it an `up` of one layer takes too long to wait for. */
const MOST_RESOURCES = 1000;

const childrenOf = (graph: Graph) => [...graph.values()].filter(({ parent }) => parent !== '');
const isComponent = ({ custom, parent }: Node) => !custom && parent !== '';

describe.each(PROFILES)('%s', (profile) => {
  describe.each(SPLITS)('%s', (split) => {
    let update: Recording;
    let preview: Recording;
    beforeAll(async () => {
      update = await recordEnvironment(profile, { split });
      preview = await recordEnvironment(profile, { split, world: { preview: true } });
    });

    test('a first preview shows exactly what the update makes', () => {
      expect([...preview.graph.keys()].sort()).toEqual([...update.graph.keys()].sort());
    });

    test('no name is taken twice', () => {
      expect([...update.duplicates, ...preview.duplicates]).toEqual([]);
    });

    test('every identity is as it was reviewed', () => {
      const text = [...update.graph.keys()]
        .map((urn) => urn.replace(/^urn:pulumi:[^:]+::weir::/, ''))
        .sort()
        .join('\n');
      expect(`${text}\n`).toBe(goldenText(`urns/${profile}.${split}.txt`, `${text}\n`));
    });

    test("a child's name begins with its parent's, and only the stack has no parent", () => {
      const { graph } = update;
      const wrong = childrenOf(graph).filter((node) => {
        const parent = graph.get(node.parent);
        return parent === undefined || (isComponent(parent) && !node.name.startsWith(`${parent.name}-`));
      });
      expect(wrong.map(({ urn }) => urn)).toEqual([]);
      expect([...graph.values()].filter(({ parent }) => parent === '').map(({ type }) => type)).toEqual(['pulumi:pulumi:Stack']);
    });

    test('nothing is remote: nobody could see its children', () => {
      expect([...update.graph.values()].filter(({ remote }) => remote)).toEqual([]);
    });

    test('every component belongs to a layer, and none to a layer that this stack does not build', () => {
      const outermost = [...update.graph.values()].filter((node) => isComponent(node) && update.graph.get(node.parent)?.parent === '');
      const layers = outermost.map(({ type }) => layerOf(type.split(':')[1] ?? ''));
      expect(new Set(layers)).toEqual(new Set(split === 'whole' ? LAYERS : [split]));
    });

    test('every resource is reached by a provider of ours: a default one would ask for credentials on its own', () => {
      const own = [...update.graph.values()].filter(({ custom, type }) => custom && !type.startsWith('pulumi:') && !type.startsWith('random:'));
      expect(
        own.filter(({ provider }) => !new RegExp(`::${profile}-(aws|kubernetes)`).test(provider)).map(({ urn, provider }) => `${urn} by ${provider}`),
      ).toEqual([]);
    });

    test('no dependency points at a component: edges to all its children are quadratic', () => {
      const { graph } = update;
      const wrong = [...graph.values()].filter(({ dependencies }) => dependencies.some((urn) => graph.get(urn)?.custom === false));
      expect(wrong.map(({ urn }) => urn)).toEqual([]);
    });

    test('it stays small enough to wait for', () => {
      expect(update.graph.size).toBeLessThanOrEqual(MOST_RESOURCES);
    });
  });

  test('split, the stacks together make what the whole one makes', async () => {
    const urns = async (split: (typeof SPLITS)[number]) =>
      [...(await recordEnvironment(profile, { split })).graph.values()]
        .filter(({ type }) => !type.startsWith('pulumi:'))
        .map(({ type, name }) => `${type} ${name}`);
    const apart = [...(await urns('foundation')), ...(await urns('platform')), ...(await urns('tenants'))];
    expect(apart.sort()).toEqual((await urns('whole')).sort());
  });

  test('a planted secret stands nowhere in clear', async () => {
    const credentials = { github: { username: 'MARKER-user', accessToken: 'MARKER-token' } };
    const settings = { images: { pullThrough: ['ecrPublic', 'kubernetes', 'quay', 'github'] }, registryCredentials: credentials };
    const world = { secretKeys: ['weir:registryCredentials'] };
    const { graph, outputs } = await recordEnvironment(profile, { settings, world });
    expect([...graph.values()].flatMap(({ urn, inputs }) => leaks(inputs, 'MARKER').map((path) => `${urn}${path}`))).toEqual([]);
    expect(leaks(outputs, 'MARKER')).toEqual([]);
    expect(JSON.stringify([...graph.values()]).includes('MARKER-token')).toBe(true); // it does arrive somewhere, enveloped
  });
});
