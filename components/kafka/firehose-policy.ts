/**
 * Lets Firehose connect to the cluster, as its documentation of MSK sources asks. To read, a stream's role needs IAM's leave on top of that: the
 * policy opens no topic to another account.
 */
export function firehosePolicy(clusterArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'kafka:CreateVpcConnection', Resource: clusterArn }],
  });
}
