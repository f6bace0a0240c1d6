import type { ObjectStore } from '../../objects/port.ts';
import type { Publisher } from '../service/publish.ts';
import type { Action, AlarmRecord } from './decide.ts';

export interface ActClients {
  readonly publisher: Publisher;
  /** Null: no rollout controller is there to ask. */
  readonly objects: Pick<ObjectStore, 'createAction'> | null;
}

/**
 * Does one thing about an alarm. Idempotent by alarm id: the same action again is the same audit line and the same ModelAction, whose
 * second create answers that the name is taken, which is success.
 */
export async function act(action: Action, alarm: AlarmRecord, clients: ActClients, eventTime: number): Promise<void> {
  const { tenant, model, version, id, feature } = alarm;
  if (action.kind === 'rollback') {
    if (clients.objects === null) throw new Error(`no object store to ask for ${action.action}`);
    await clients.objects.createAction({ name: action.action, spec: { tenant, model, action: 'Rollback', reason: action.text } });
  }
  const kind = { notify: action.kind === 'notify' ? action.event : '', page: 'Page', rollback: 'RollbackRequested' }[action.kind];
  await clients.publisher.say({
    key: `${id}/${action.name}`,
    kind,
    source: 'responder',
    tenant,
    model,
    text: `${model} ${version}: ${action.text}`,
    eventTime,
    record: `drift/alarms/${id}.json`,
    data: { alarm: id, feature, version, state: alarm.state, action: action.name },
  });
}
