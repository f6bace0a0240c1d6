import type { BuiltFoundation } from './foundation.ts';
import type { StackSettings } from './settings.ts';

/** What runs in the cluster for everybody. */
export function buildPlatform(_given: StackSettings, _foundation: BuiltFoundation): void {}
