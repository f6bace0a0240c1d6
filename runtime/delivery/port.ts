/** An object of a store as it is being read. */
export interface OpenedObject {
  /** Bytes that follow; null when the store does not say. */
  readonly bytes: number | null;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Where promoted versions lie. An object never changes: the digest is part of its key. */
export interface ObjectSource {
  /**
   * @param from First byte that is wanted.
   * @throws ArgsError for an object that is not there or may not be read: asking again does not help
   */
  open(key: string, from: number): Promise<OpenedObject>;
  /** Lets connections go: they would keep the process. */
  close(): void;
}

/** What was brought is not what was signed: nobody may serve it, and asking again gives the same. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
