import type { IncomingMessage, ServerResponse } from 'node:http';
import type { V2Question } from '../serving/v2/paths.ts';
import { V2Error } from '../serving/v2/tensor.ts';
import { send } from './answers.ts';
import { type Core, portOf } from './core.ts';
import type { ModelTargets } from './target.ts';

/** Answers the V2 paths that ask about the server and its models: health, readiness, metadata. */
export function describe(core: Core, path: V2Question, request: IncomingMessage, response: ServerResponse): void {
  switch (path.kind) {
    case 'server':
      reply(response, 200, { name: 'weir', version: '1', extensions: ['binary_tensor_data'] });
      break;
    case 'live':
      reply(response, 200, { live: true });
      break;
    case 'ready': {
      const ready = [...core.directory.all()].every((model) => versionsOf(core, model).length > 0);
      reply(response, ready ? 200 : 503, { ready });
      break;
    }
    case 'model':
    case 'modelReady': {
      const model = core.directory.find(request.headers.host, path.model);
      const versions = versionsOf(core, model);
      if (path.version !== null && !versions.includes(path.version)) {
        throw new V2Error(404, `version "${path.version}" of model "${path.model}" is not in service; ${versions.join(', ') || 'none'} is`);
      }
      if (path.kind === 'model') reply(response, 200, metadata(model, versions));
      else reply(response, versions.length > 0 ? 200 : 503, { name: path.model, ready: versions.length > 0 });
    }
  }
}

/** Versions that requests go to and that have a copy in service. */
function versionsOf(core: Core, model: ModelTargets): readonly string[] {
  return model
    .live()
    .filter((target) => portOf(core, model.key, target) !== null)
    .map(({ version }) => version);
}

function metadata({ spec, asked }: ModelTargets, versions: readonly string[]): unknown {
  const columns = (fields: typeof spec.inputs): unknown => fields.map(({ name, datatype }) => ({ name, datatype, shape: [-1, 1] }));
  return { name: spec.name, versions, platform: 'weir', inputs: columns(asked.fields), outputs: columns(spec.outputs) };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, Buffer.from(JSON.stringify(body)));
}
