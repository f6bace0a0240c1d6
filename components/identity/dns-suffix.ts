/** What names of regional services end in: principals such as `logs.<region>.…`, and `kms:ViaService`. China has its own; GovCloud has not. */
export function dnsSuffix(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
