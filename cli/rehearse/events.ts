/** One step of a run: what the engine did with one resource, as far as it got. */
export interface Step {
  /** `create`, `update`, `delete`, `replace`, `create-replacement`, `discard`, …: Pulumi's own words. What stays as it is has none. */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** Properties that differ, for an update or a replacement. */
  readonly diffs: readonly string[];
  /** True when it ended well; in a preview always. */
  readonly done: boolean;
}

export interface Diagnostic {
  readonly severity: string;
  /** Empty when it is about no resource. */
  readonly urn: string;
  readonly message: string;
}

/** What an event log says. */
export interface Events {
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly diffs?: readonly string[];
}

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: Metadata };
  readonly resOutputsEvent?: { readonly metadata: Metadata };
  readonly diagnosticEvent?: { readonly severity: string; readonly urn?: string; readonly message: string };
}

/** What the engine does with a resource that nothing happens to. */
const NOTHING = new Set(['same', 'read', 'refresh']);

/** Reads the lines that `--event-log` wrote. */
export function parseEvents(text: string): Events {
  const steps = new Map<string, Step>();
  const diagnostics: Diagnostic[] = [];
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const event: EngineEvent = JSON.parse(line);
    const metadata = (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata;
    if (metadata !== undefined && !NOTHING.has(metadata.op)) {
      const { op, urn, type, diffs } = metadata;
      steps.set(`${op} ${urn}`, { op, urn, type, diffs: diffs ?? [], done: event.resOutputsEvent !== undefined });
    }
    const said = event.diagnosticEvent;
    if (said !== undefined && said.severity !== 'debug') {
      diagnostics.push({ severity: said.severity, urn: said.urn ?? '', message: said.message.trim() });
    }
  }
  return { steps: [...steps.values()], diagnostics };
}
