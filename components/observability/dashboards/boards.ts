import type { RuleArgs } from '../rules/rule.ts';
import type { Board } from './board.ts';
import { costBoard } from './cost.ts';
import { driftBoard } from './drift.ts';
import { featuresBoard } from './features.ts';
import { gatewayBoard } from './gateway.ts';
import { modelBoard } from './model.ts';
import { platformBoard } from './platform.ts';
import { rolloutBoard } from './rollout.ts';
import { trainingBoard } from './training.ts';

/** Every dashboard, in the order in which somebody on call needs them. They know of an environment what its rules know: lines are drawn where alerts fire. */
export function boards(args: RuleArgs): readonly Board[] {
  return [platformBoard(args), gatewayBoard(), modelBoard(), rolloutBoard(), driftBoard(), featuresBoard(), trainingBoard(), costBoard(args)];
}
