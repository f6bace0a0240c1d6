import { GRAPH_TELLS } from '../../policies/adapt/graph.ts';
import type { OptionName } from '../../policies/resource.ts';

/** The day of every test: nothing rots. */
export const TODAY = new Date('2026-11-21T12:00:00Z');

/** What the recorder tells. */
export const EVERY_OPTION: readonly OptionName[] = GRAPH_TELLS;
