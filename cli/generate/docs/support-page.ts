import { ADDON_PINS, type Pin } from '../../../components/addon-pins.ts';
import { EKS_VERSIONS, LAST_CALL_DAYS, SUPPORT, WARN_DAYS } from '../../../components/versions.ts';
import { sentence } from './fields.ts';

const rowsOf = (version: string) => Object.entries<Pin>(ADDON_PINS[version] ?? {});

/** `docs/support.md`: until when what is supported, and which add-ons a cluster's version gets. */
export function supportPage(): string {
  return [
    '<!-- made by `npm run generate`; edit components/versions.ts or components/addon-pins.ts instead -->',
    '# Support',
    '',
    `\`weir plan\` says how many days are left, warns below ${WARN_DAYS}, and takes nothing new into prod below ${LAST_CALL_DAYS}. On the last day of standard support EKS upgrades a control`,
    'plane by itself, since extended support, which costs more by the hour, is never entered.',
    '',
    '| what | version | ends | extended until | read | source |',
    '|---|---|---|---|---|---|',
    ...SUPPORT.map(
      ({ product, version, endsOn, extendedEndsOn, readOn, source }) =>
        `| ${product} | ${version} | ${endsOn ?? 'not published'} | ${extendedEndsOn ?? ''} | ${readOn} | ${sentence(source)} |`,
    ),
    '',
    '## Add-ons',
    '',
    'Every add-on of a cluster has the version that stands here; where none could be read, EKS takes its own default, and the plan says so.',
    '',
    ...EKS_VERSIONS.flatMap((version) => [
      `### EKS ${version}`,
      '',
      '| add-on | version | read | source |',
      '|---|---|---|---|',
      ...rowsOf(version).map(([name, pin]) =>
        pin.verified
          ? `| \`${name}\` | ${pin.version} | ${pin.evidence.readOn} | ${sentence(pin.evidence.source)} |`
          : `| \`${name}\` | EKS's default | | |`,
      ),
      '',
    ]),
  ].join('\n');
}
