import type { LoadedModel } from '../loaded.ts';
import { atValue, type Path } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import { placeText, type World } from './world.ts';

/** A table or a topic has one writer: two models would mix, or overwrite, their answers. */
export function checkSinks({ models }: World): readonly Problem[] {
  return [...models.values()].flatMap((ofTenant) => {
    const seen = new Map<string, LoadedModel>();
    return ofTenant.flatMap((loaded): readonly Problem[] => {
      const sink = sinkOf(loaded);
      if (sink === null) return [];
      const key = `${sink.path[0]} ${sink.to}`;
      const other = seen.get(key);
      if (other === undefined) seen.set(key, loaded);
      if (other === undefined) return [];
      const at = placeText(other.locate(atValue(sink.path, '', '')));
      return [
        loaded.locate(
          atValue(sink.path, `"${sink.to}" is written by ${other.model.model} already (${at})`, 'Give each model a place of its own to write to.'),
        ),
      ];
    });
  });
}

function sinkOf({ model }: LoadedModel): { readonly to: string; readonly path: Path } | null {
  if (model.pattern === 'batch' && model.batch !== undefined) return { to: model.batch.to, path: ['batch', 'to'] };
  if (model.pattern === 'streaming' && model.streaming !== undefined) return { to: model.streaming.to, path: ['streaming', 'to'] };
  return null;
}
