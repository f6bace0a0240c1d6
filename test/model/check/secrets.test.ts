import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSecrets } from '../../../runtime/model/check/secrets.ts';
import { withoutSecrets } from '../../../runtime/model/read/blot.ts';
import { problemText } from '../../../runtime/model/read/problem.ts';
import { filesOf, problemsOf } from '../bad-files/folder.ts';
import { SECRETS } from '../bad-files/secrets.ts';

/** Joined, so that no scanner takes this file for a leak. */
const joined = (...parts: readonly string[]): string => parts.join('');

const FORMS: readonly (readonly [string, string])[] = [
  ['an AWS access key', joined('AKIA', 'IOSFODNN7EXAMPLE')],
  ['a private key', joined('-----BEGIN EC ', 'PRIVATE KEY----- MHcCAQEEIIGl')],
  ['a GitHub token', joined('ghp_', 'a1B2'.repeat(9))],
  ['a GitLab token', joined('glpat-', 'a1B2c3D4'.repeat(3))],
  ['a Slack token', joined('xoxb-', '123456789012-abcdefghijkl')],
  ['a Slack webhook', joined('https://hooks.slack.com', '/services/T00000000/B00000000/XXXXXXXXXXXX')],
  ['a Stripe key', joined('sk_live_', '4eC39HqLyjWDarjtT1zdp7dc')],
  ['a Google API key', joined('AIza', 'a1B2c3D'.repeat(5))],
  ['a Hugging Face token', joined('hf_', 'aB'.repeat(17))],
  ['an npm token', joined('npm_', 'a1B2'.repeat(9))],
  ['a Databricks token', joined('dapi', '0123456789abcdef'.repeat(2))],
  ['an API key', joined('sk-', 'proj-a1B2c3D4e5F6g7H8i9J0')],
  ['a JSON web token', joined('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0', '.dozjgNryP4J3jVmNHl0w5N')],
  ['a URL with a password', joined('postgres://app:', 'pa55word@db:5432/app')],
  ['a password', joined('--password=', 'correcthorse')],
];

describe('what looks like a secret', () => {
  test.each(FORMS)('as %s does is found in any string, and blotted out', (what, secret) => {
    expect(checkSecrets({ somewhere: [{ deep: `see ${secret} there` }] })).toMatchObject([
      { path: ['somewhere', 0, 'deep'], problem: `this looks like ${what}` },
    ]);
    const masked = withoutSecrets(`see ${secret} there`);
    expect(masked).not.toContain(secret.slice(8, 20));
    expect(masked.length).toBe(`see ${secret} there`.length);
  });

  test('is in no message of any bad file that has one', () => {
    const shown = SECRETS.flatMap((bad) => problemsOf(filesOf(bad)).map(problemText)).join('\n');
    for (const secret of [
      'IOSFODNN7EXAMPLE',
      'hunter2',
      'q7Hs2LkP9xVb',
      'abcdef123456',
      'pa55word',
      'a1B2a1B2',
      'MIIEpAIBAAKCAQEA',
      'dozjgNryP4J3',
      'abcdefghijkl',
      'r03a1b2c3d4e5f',
      '4eC39HqLyjWDarjt',
    ]) {
      expect(shown).not.toContain(secret);
    }
  });

  test('is not what only sounds like one', () => {
    const environment = {
      MAX_TOKENS: '4096',
      TOKENIZER: 'bert-base-german-cased',
      PASSWORD_FILE: '/run/secrets/db',
      API_KEY: '$(API_KEY)',
      SECRET_NAME: 'payments-db',
      CLUSTER: 'ProdCluster2026EuWestConfig',
      DIGEST: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      REQUEST: '123e4567-e89b-42d3-a456-426614174000',
      MODULE: 'sk-learn-gradient-boosting-model',
      URL: 'https://example.com:8443/path?version=2',
      TOKEN: 'true',
    };
    expect(checkSecrets({ serving: { container: { environment, args: ['--token-limit=512', '--password=$PASSWORD'] } } })).toEqual([]);
  });

  test('keeps the length of any text, so that carets stay under what they mark', () => {
    const text = fc.array(fc.oneof(fc.string(), fc.constantFrom(...FORMS.map(([, secret]) => secret)))).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (given) => {
        expect(withoutSecrets(given).length).toBe(given.length);
      }),
    );
  });
});
