import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';
import type { Empty as EmptyMessage } from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Struct as StructMessage } from 'google-protobuf/google/protobuf/struct_pb.js';

/** The copies that Pulumi's SDK itself uses: its messages work with no other. */
const sdk = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'));
export const grpc: typeof Grpc = sdk('@grpc/grpc-js');
const { Struct }: { readonly Struct: typeof StructMessage } = sdk('google-protobuf/google/protobuf/struct_pb');
const { Empty }: { readonly Empty: typeof EmptyMessage } = sdk('google-protobuf/google/protobuf/empty_pb');

/** Values of a resource, as they travel: secrets in their envelope, unknown ones as the marker (cli/graph/secrets.ts). */
export type Values = Readonly<Record<string, unknown>>;

export const empty = (): EmptyMessage => new Empty();

/** A checkpoint of a large program is larger than gRPC's 4 MB. */
const MAX_MESSAGE = 400 * 1024 * 1024;

/** Listens on a free port of this machine. The port is the answer. */
export function listen(server: Grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, port: number) => (error === null ? resolve(port) : reject(error));
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), done);
  });
}

export function newServer(): Grpc.Server {
  return new grpc.Server({ 'grpc.max_receive_message_length': MAX_MESSAGE, 'grpc.max_send_message_length': MAX_MESSAGE });
}

export function toValues(struct: StructMessage | undefined): Values {
  return struct?.toJavaScript() ?? {};
}

/** Leaves out what is undefined: a message has no word for it. */
export function toStruct(values: Values): StructMessage {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)));
}

/** A method that answers, or tells why not. */
export function method<Request, Answer>(
  work: (request: Request) => Answer | Promise<Answer>,
): (call: { readonly request: Request }, done: Grpc.sendUnaryData<Answer>) => void {
  return ({ request }, done) => {
    const failed = (error: unknown): void => done({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    void (async () => done(null, await work(request)))().catch(failed);
  };
}
