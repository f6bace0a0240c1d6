/** What a client of a cluster asks before it sends a command; these stand among the dangerous ones, which are taken away. */
const DISCOVERY = '+cluster|slots +cluster|shards +cluster|nodes +info +command';

/** Reads and writes every key; cannot flush, list all keys, or change users and configuration. */
export const READ_WRITE = `on ~* -@all +@read +@write +@connection -@dangerous ${DISCOVERY}`;

/** Reads every key. */
export const READ_ONLY = `on ~* -@all +@read +@connection -@dangerous ${DISCOVERY}`;
