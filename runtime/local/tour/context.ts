import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventLog } from '../../eventlog/port.ts';
import { writeWhole } from '../../files.ts';
import { setVersion } from '../../model/edit.ts';
import type { AuditEvent } from '../../telemetry/events.ts';
import type { TourVariant } from '../options.ts';
import type { PlatformProcess } from '../platform-process.ts';
import type { Replays } from '../replay/replays.ts';
import type { StateFolder } from '../state-folder.ts';
import type { InjectionName, ModelView, View } from '../view.ts';
import { createRecords, type Records } from './records.ts';
import type { Line, Transcript } from './transcript.ts';

export interface TourOptions {
  readonly folder: StateFolder;
  readonly platform: PlatformProcess;
  readonly replays: Replays;
  /** The tenants' folder; its model file is edited as a tenant would. */
  readonly tenants: string;
  readonly log: Pick<EventLog, 'read' | 'offsets'>;
  readonly variant: TourVariant;
  readonly transcript: Transcript;
  /** The person has had enough: whatever waits stops waiting. */
  readonly signal: AbortSignal;
}

/** A line that did not come in time: the tour has failed. */
export class MissingLine extends Error {
  override readonly name = 'MissingLine';
}

/** What a part of the tour may do: what a person could do by hand, and reading records. It never writes one. */
export class TourContext {
  readonly options: TourOptions;
  readonly records: Records;
  /** Tenant and name of the model that the tour is about. */
  readonly tenant = 'flights';
  readonly model = 'eta';
  #since = 0;

  constructor(options: TourOptions) {
    this.options = options;
    this.records = createRecords(options.log, () => performance.now(), options.signal);
  }

  /** From here on `told` looks at new records only. */
  async mark(): Promise<void> {
    this.#since = await this.records.now();
  }

  /** Waits for a record and prints its own words. Throws MissingLine when it does not come. */
  async told(what: string, seconds: number, fits: (event: AuditEvent) => boolean): Promise<AuditEvent> {
    const event = await this.records.first(this.#since, fits, seconds * 1_000);
    if (event === null) throw new MissingLine(`no record of "${what}" within ${seconds} s`);
    this.print({ at: event.at, text: event.text, record: event.record ?? `audit ${event.id}` });
    return event;
  }

  /** Waits until the platform's view has what is looked for. Throws MissingLine when it does not come. */
  async seen<T>(what: string, seconds: number, look: (model: ModelView, view: View) => T | null | undefined | false): Promise<T> {
    for (const until = performance.now() + seconds * 1_000; performance.now() < until && !this.options.signal.aborted; ) {
      const view = await this.view().catch(() => null);
      const model = view?.models.find(({ key }) => key === `${this.tenant}/${this.model}`);
      const found = view !== null && model !== undefined ? look(model, view) : null;
      if (found !== null && found !== undefined && found !== false) return found;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new MissingLine(`"${what}" was not seen within ${seconds} s`);
  }

  async view(): Promise<View> {
    const answer = await fetch(`${this.origin}/api/view`);
    const view: View = JSON.parse(await answer.text());
    return view;
  }

  /** Edits the model's file, as a tenant's merged pull request would. */
  apply(version: string, rollout?: Parameters<typeof setVersion>[2]): void {
    const file = join(this.options.tenants, this.tenant, 'models', `${this.model}.yaml`);
    writeWhole(file, setVersion(readFileSync(file, 'utf8'), version, rollout));
  }

  async inject(name: InjectionName, active: boolean): Promise<void> {
    const headers = { 'content-type': 'application/json', origin: this.origin };
    const answer = await fetch(`${this.origin}/api/inject`, { method: 'POST', headers, body: JSON.stringify({ name, active }) });
    if (!answer.ok) throw new Error(`injection ${name} was refused: ${await answer.text()}`);
  }

  print(line: Line): void {
    this.options.transcript.line(line);
  }

  /** A line of what the client counted itself. */
  client(text: string): void {
    this.print({ at: new Date().toISOString(), text, record: 'client' });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.options.platform.port}`;
  }
}
