import { armAnswer, codeClassOf } from './arm-answer.ts';
import type { Core } from './core.ts';
import { dispatch, elapsed, type Job, log } from './job.ts';
import type { Target } from './target.ts';

/** A copy of the request: its answer is logged and dropped, its failures trouble nobody. */
export async function mirror(core: Core, job: Job, shadow: Target): Promise<void> {
  if (core.mirrored >= core.deps.limits.maxMirrored) {
    core.refusals.unmirrored += 1;
    return;
  }
  core.mirrored += 1;
  try {
    const outcome = await dispatch(core, job, shadow);
    const { status, outputs } = armAnswer(job.model.spec, job.asked, job.inputs.rows, outcome, core.deps.limits);
    const seconds = elapsed(core, job);
    shadow.tally.count(codeClassOf(status), seconds);
    await log(core, job, shadow, status, seconds, outputs).catch(() => undefined); // counted by the sink; the served arm does not wait for it
  } finally {
    core.mirrored -= 1;
  }
}
