import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Engine } from '../../cli/rehearse/engine.ts';
import { Ledger } from '../../cli/rehearse/ledger.ts';
import { SdkTypes } from '../../cli/rehearse/sdk-types.ts';
import { startStandIns } from '../../cli/rehearse/stand-in-provider.ts';
import { openWorkspace } from '../../cli/rehearse/workspace.ts';
import { pulumiHere } from '../support/pulumi.ts';
import { ROOT } from '../support/sources.ts';
import { tempFolder } from '../support/temp.ts';

const cli = await pulumiHere();

/** A project whose only program is that of tenants. */
function writeProject(folder: string): void {
  mkdirSync(join(folder, 'stacks'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'Pulumi.yaml'),
    'name: weir\nmain: stacks/index.ts\nstackConfigDir: stacks\nruntime: {name: nodejs, options: {typescript: false}}\n',
  );
  writeFileSync(join(folder, 'package.json'), '{"name": "weir", "private": true, "type": "module"}\n');
  writeFileSync(
    join(folder, 'stacks', 'index.ts'),
    `import { tenantsProgram } from '${join(ROOT, 'test/tenants/removal-program.ts')}';\ntenantsProgram();\n`,
  );
}

const saying = (project: string, tenants: string): void =>
  writeFileSync(join(project, 'stacks', 'Pulumi.prod.yaml'), `config:\n  weir:tenants: ${tenants}\n`);

test.skipIf(cli === null)(
  'the engine refuses to remove a tenant until somebody unprotects its data, and then leaves that where it is',
  async () => {
    if (cli === null) throw new Error('skipped');
    using source = tempFolder();
    writeProject(source.path);
    saying(source.path, 'ads search');
    using workspace = openWorkspace({ project: source.path, cli, env: process.env });
    const room = workspace.room('removal');
    const ledger = new Ledger();
    const place = { region: 'eu-west-1', account: '123456789012' };
    using standIns = await startStandIns(workspace.packages, { ledger, types: new SdkTypes(workspace.packages), place });
    const { signal } = new AbortController();
    const engine = new Engine({ cli, room, attach: standIns.attach, env: {}, signal, now: () => performance.now() });
    await engine.init('prod', { secrets: [] });
    const made = await engine.up('prod');
    expect(made.output).not.toContain('error:');
    const urns = async (): Promise<readonly string[]> => (await engine.state('prod')).map(({ urn }) => urn);
    const before = await urns();

    saying(room.project, 'ads');
    const refused = await engine.up('prod');
    expect(refused.ok).toBe(false);
    expect(refused.output).toMatch(/cannot be deleted\s+because it is protected/);
    expect(await urns()).toEqual(before); // nothing went before it was confirmed

    const isProtected = /::prod-tenant-search-(guard-card$|data-(topic|table)-)/; // as docs/tenants.md selects them
    for (const urn of before.filter((one) => isProtected.test(one))) {
      spawnSync(cli.path, ['state', 'unprotect', urn, '--stack', 'prod', '--yes', '--non-interactive'], { cwd: room.project, env: room.env });
    }
    const removed = await engine.up('prod');
    expect(removed.output).not.toContain('error:');
    const after = await urns();
    expect(after.filter((urn) => urn.includes('search'))).toEqual([]);
    expect(before.filter((urn) => !urn.includes('search'))).toEqual(after);
    const deleted = ledger.calls.filter(({ operation }) => operation === 'delete').map(({ urn }) => urn);
    expect(deleted.filter((urn) => isProtected.test(urn))).toEqual([]); // they stay in the cloud
    expect(deleted.some((urn) => urn.endsWith('::prod-tenant-search-space-namespace'))).toBe(true);
  },
  300_000,
);
