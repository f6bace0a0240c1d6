/** What secrets look like that have a form of their own. Each is one that a public scanner of secrets knows, too. */
export const SECRETS: readonly (readonly [string, RegExp])[] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\s]*/g],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,})/g],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/g],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/g],
  ['a Slack webhook', /hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/g],
  ['a Stripe key', /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}/g],
  ['a Hugging Face token', /\bhf_[A-Za-z0-9]{30,}/g],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}/g],
  ['a Databricks token', /\bdapi[0-9a-f]{32}/g],
  ['an API key', /\bsk-(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Z])[A-Za-z0-9_-]{24,}/g],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g],
  ['a URL with a password', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:[^\s/@]{1,200}@/g],
  ['a password', /--?(?:password|passwd|secret|token|api-?key)[= ](?![$/])[^\s"'\]},]{6,}/gi],
];

/** The text with everything in it that looks like a secret blotted out, each character by one: messages must not spread what they warn of. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce(
    (masked, [, form]) => masked.replaceAll(form, (secret) => secret.slice(0, 4) + '*'.repeat(Math.max(0, secret.length - 4))),
    text,
  );
}
