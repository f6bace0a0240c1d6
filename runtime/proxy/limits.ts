/** What one caller may cost. A limit that is passed gives an error by name; the process and the other callers go on. */
export interface GatewayLimits {
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
  /** A connection must send its headers within this, and header and body within `bodyMs`; slower gives 408. */
  readonly headersMs: number;
  readonly bodyMs: number;
  /** Connections at once; further ones are closed. */
  readonly maxConnections: number;
  /** Requests being answered at once; further ones get 503 with Retry-After. */
  readonly maxInFlight: number;
  /** Mirrored copies under way at once; further ones are not sent, and counted. */
  readonly maxMirrored: number;
  /** Rows of one request, items of one label batch. */
  readonly maxRows: number;
  /** Nested arrays and objects in a JSON body. */
  readonly maxDepth: number;
  /** Requests under way get this long when the gateway closes. */
  readonly drainMs: number;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  maxBodyBytes: 1_048_576,
  maxHeaderBytes: 16_384,
  headersMs: 5_000,
  bodyMs: 10_000,
  maxConnections: 2_048,
  maxInFlight: 512,
  maxMirrored: 64,
  maxRows: 1_000,
  maxDepth: 16,
  drainMs: 5_000,
};
