/** What `weir local` was asked for. Paths are absolute. */
export interface LocalOptions {
  /** No browser is opened. */
  readonly headless: boolean;
  /** End after the tour, with its exit code. Only with `tour`. */
  readonly exit: boolean;
  /** Play the tour. */
  readonly tour: boolean;
  /** Loopback port of gateway and page; 0: any free one. */
  readonly port: number;
  /** The state folder. */
  readonly state: string;
  /** Folder of tenants to serve; absent: the flights example. */
  readonly tenants?: string;
  /** Parquet file to replay; absent: the example's flights, or nothing with `tenants`. */
  readonly replay?: string;
  /** Column of event time in `replay`. */
  readonly time?: string;
  /** Requests per second of the replay; absent: 600. */
  readonly rate?: number;
  /** `shadow`: the tour's third version keeps its shadow step, and is convicted before any traffic. */
  readonly variant: TourVariant;
  /** The transcript as JSON lines. */
  readonly json: boolean;
}

export type TourVariant = 'steps' | 'shadow';

/** Where `weir local` listens unless `--port` says otherwise. */
export const DEFAULT_PORT = 8787;
