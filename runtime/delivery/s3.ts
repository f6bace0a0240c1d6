import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { ArgsError } from '../errors.ts';
import type { ObjectSource, OpenedObject } from './port.ts';

export interface S3SourceOptions {
  readonly bucket: string;
  readonly region: string;
  readonly stop: AbortSignal;
}

/** Milliseconds without a byte after which a connection counts as broken; the download then asks again from where it was. */
const SILENCE_MS = 30_000;
const CONNECT_MS = 5_000;

/**
 * Objects of one bucket, with the credentials that the SDK finds by itself: in a pod those of its service account (EKS Pod Identity).
 * `AWS_ENDPOINT_URL_S3` leads elsewhere.
 */
export function createS3Source({ bucket, region, stop }: S3SourceOptions): ObjectSource {
  const requestHandler = { connectionTimeout: CONNECT_MS, requestTimeout: SILENCE_MS, socketTimeout: SILENCE_MS };
  const client = new S3Client({ region, maxAttempts: 5, requestHandler });
  return {
    close: () => client.destroy(),
    open: async (key, from): Promise<OpenedObject> => {
      const range = from === 0 ? {} : { Range: `bytes=${from}-` };
      try {
        const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...range }), { abortSignal: stop });
        if (Body === undefined) throw new Error(`s3://${bucket}/${key} came without a body`);
        return { bytes: ContentLength ?? null, pieces: Body.transformToWebStream() };
      } catch (error) {
        throw explained(error, `s3://${bucket}/${key}`);
      }
    },
  };
}

/** What no second request changes, in words; everything else as it is. */
function explained(error: unknown, place: string): unknown {
  if (!(error instanceof S3ServiceException)) return error;
  const { name, message, $metadata } = error;
  const status = $metadata.httpStatusCode ?? 500;
  if (status === 403)
    return new ArgsError(
      place,
      `may not be read: ${message}`,
      'The pod needs the account weir-serving of its tenant, which reads models/<tenant>/* alone.',
      { cause: error },
    );
  if (status === 404)
    return new ArgsError(place, `is not there (${name})`, 'Promote the version first: its files come into the serving bucket then.', {
      cause: error,
    });
  if (status >= 400 && status < 500 && status !== 408 && status !== 429)
    return new ArgsError(place, `cannot be read: ${name}: ${message}`, 'Mend the address, or the region.', { cause: error });
  return error;
}
