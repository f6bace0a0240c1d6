import type { OnProgress } from './versions.ts';

const EVERY_MS = 2000;

/** Prints each new step, and a running one at most every two seconds. @param options.now milliseconds of any steady clock */
export function progressPrinter(print: (line: string) => void, { json, now }: { readonly json: boolean; readonly now: () => number }): OnProgress {
  const started = now();
  let last = { step: '', at: started };
  return (step, share) => {
    const at = now();
    if (step === last.step && at - last.at < EVERY_MS) return;
    last = { step, at };
    const seconds = (at - started) / 1000;
    if (json) print(JSON.stringify({ step, share, seconds: Number(seconds.toFixed(1)) }));
    else print(`${seconds.toFixed(1).padStart(5)} s  ${step}${share > 0 ? ` ${Math.round(share * 100)} %` : ''}`);
  };
}
