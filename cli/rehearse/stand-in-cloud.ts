import { createServer } from 'node:http';
import type { Ledger } from './ledger.ts';

/** The little of a cloud that hooks of the program ask: EC2's DescribeInstances and DescribeNetworkInterfaces. */
export interface StandInCloud extends AsyncDisposable {
  /** Variables that lead the AWS SDK here, and nowhere else. */
  readonly env: Readonly<Record<string, string>>;
  /** Actions that were asked for, in order, each with its place among the calls of the providers. */
  readonly asked: readonly Question[];
}

export interface Question {
  readonly action: string;
  /** True when it is about Karpenter's nodes. */
  readonly nodes: boolean;
  readonly place: number;
}

const NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/** The tag that Karpenter's nodes are found by. */
const NODE_TAG = 'karpenter.sh/nodepool';

/** A node of Karpenter's that is still there, as a hook that waits for the last one sees it. */
const NODE = `<item><reservationId>r-0</reservationId><ownerId>123456789012</ownerId><instancesSet><item>
<instanceId>i-0</instanceId><instanceState><code>16</code><name>running</name></instanceState>
<tagSet><item><key>${NODE_TAG}</key><value>rehearsal</value></item></tagSet></item></instancesSet></item>`;

/**
 * Answers EC2's query protocol: who asks for Karpenter's nodes is told of one that runs, and after that of none, so that who waits for it has waited.
 * Every other action is refused by name.
 */
export async function startStandInCloud(region: string, ledger: Pick<Ledger, 'take'>): Promise<StandInCloud> {
  const asked: Question[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const query = new URLSearchParams(body);
      const action = query.get('Action') ?? `${request.method} ${request.url}`;
      const nodes = [...query.values()].includes(NODE_TAG);
      const before = asked.some((one) => one.nodes);
      asked.push({ action, nodes, place: ledger.take() });
      const known = action === 'DescribeInstances' ? instances(nodes && !before) : action === 'DescribeNetworkInterfaces' ? NO_INTERFACES : undefined;
      response.writeHead(known === undefined ? 400 : 200, { 'content-type': 'text/xml' }).end(known ?? refusal(action));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    asked,
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'rehearsal',
      AWS_SECRET_ACCESS_KEY: 'rehearsal',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const instances = (some: boolean): string =>
  `<DescribeInstancesResponse xmlns="${NAMESPACE}"><requestId>r</requestId><reservationSet>${some ? NODE : ''}</reservationSet></DescribeInstancesResponse>`;

/** Nodes that never ran have left none behind. */
const NO_INTERFACES = `<DescribeNetworkInterfacesResponse xmlns="${NAMESPACE}"><requestId>r</requestId><networkInterfaceSet/></DescribeNetworkInterfacesResponse>`;

const refusal = (action: string): string =>
  `<Response><Errors><Error><Code>UnknownOperation</Code><Message>a rehearsal has no ${action.replaceAll(/[<&]/g, '')}</Message></Error></Errors><RequestID>r</RequestID></Response>`;
