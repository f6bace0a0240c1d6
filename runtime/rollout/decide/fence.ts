import { type Decider, wait } from './context.ts';

/** A route with a higher epoch belongs to a controller that took over: this one writes nothing more (10-rollout, 3). */
export const fence: Decider = ({ world }) => {
  if (world.route === null || world.route.epoch <= world.epoch) return null;
  return wait('Deposed', `the route carries epoch ${world.route.epoch}, this controller has ${world.epoch}`);
};
