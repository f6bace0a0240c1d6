import type { TreeMap } from '../../runtime/model/layers/tree.ts';
import { atValue, type Finding } from '../../runtime/model/read/locate.ts';
import type { Settings } from './settings-file.ts';

/** What the schema cannot say: rules between settings. Each is told at the setting that a person would change. */
type Rule = (settings: Settings, values: TreeMap) => readonly Finding[];

const RULES: readonly Rule[] = [zonesOfTheRegion];

/** Every rule that is broken. */
export function findingsOf(settings: Settings, values: TreeMap): readonly Finding[] {
  return RULES.flatMap((rule) => rule(settings, values));
}

function zonesOfTheRegion({ region, network }: Settings): readonly Finding[] {
  return network.zones.flatMap((zone, index) =>
    zone.slice(0, -1) === region ? [] : [atValue(['network', 'zones', index], `"${zone}" is no zone of ${region}`, `Name zones such as ${region}a.`)],
  );
}
