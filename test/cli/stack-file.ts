import { PLATFORM_LINES } from './platform-lines.ts';

/** A stack file of profile `dev` with what it must say, its platform included. @param more Lines of its own below `config:`, each with its end. */
export function stackFileOf(more = ''): string {
  return `config:
  weir:profile: dev
  weir:account: "123456789012"
  weir:region: eu-west-1
  weir:owner: platform-team
  weir:costCenter: ml-platform
  weir:network: {cidr: 10.20.0.0/16}
  weir:access: {deploy: arn:aws:iam::123456789012:role/weir-deploy}
  weir:budget: {emails: [platform-team@example.com]}
${more}${PLATFORM_LINES}`;
}
