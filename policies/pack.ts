import { servePack } from './adapt/crossguard.ts';
import { packSettings } from './adapt/pack-settings.ts';
import { RULES } from './catalogue.ts';

/*
 * What `pulumi preview --policy-pack policies` runs. The only place of the pack that knows the clock and the environment.
 */

const settings = packSettings(process.env.PULUMI_CONFIG, RULES);
if (settings.kind === 'wrong') {
  console.error(settings.message);
  process.exitCode = 1; // and nothing listens: the engine sees that it ends
} else {
  servePack({ ...settings, rules: RULES, today: new Date() });
}
