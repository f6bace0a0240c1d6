import type { Reader } from '../../reader.ts';
import type { ResourceGraph } from '../../resource-graph.ts';
import type { GraphRule, Problem } from '../../rule.ts';
import { isOn } from '../values.ts';

const REPOSITORY = 'aws:ecr/repository:Repository';
const TEMPLATE = 'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate';
const SCANNING = 'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration';
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/images';

/** Of a repository, and of a template that a cache makes repositories by. */
function imageProblems(images: Reader): readonly Problem[] {
  return [
    ...images.expect('imageTagMutability', (value) => value === 'IMMUTABLE', 'lets a tag be moved to another image'), // mutable by default
    ...images.part(() => {
      const [encryption] = images.list('encryptionConfigurations');
      const own = encryption?.text('encryptionType')?.startsWith('KMS') === true && encryption.has('kmsKey');
      return own ? [] : [images.problem('encryptionConfigurations', 'keeps images under a key that is not its own')];
    }),
  ];
}

/** Whether the registry scans a repository of this name, whatever the repository says: `*` stands for any characters. @throws Undecided */
function scannedByRegistry(graph: ResourceGraph, name: string): boolean {
  const rules = graph.of(SCANNING).flatMap(({ reader }) => reader.list('rules'));
  const filters = rules.filter((rule) => rule.get('scanFrequency') !== 'MANUAL').flatMap((rule) => rule.list('repositoryFilters'));
  return filters.some((filter) => {
    const pattern = filter.text('filter') ?? '';
    return pattern === '*' || new RegExp(`^${pattern.replaceAll(/[\\^$.+?()[\]{}|]/g, String.raw`\$&`).replaceAll('*', '.*')}$`).test(name);
  });
}

export const ecrImmutableScanned: GraphRule = {
  kind: 'graph',
  id: 'ecr-immutable-scanned',
  title: 'an image is scanned when it is pushed, and keeps its tag',
  reason: 'Who may push could put another image under the tag that runs; and nobody would hear of a hole in one that is already there.',
  remedy: 'Weir sets all of it; elsewhere set imageTagMutability, imageScanningConfiguration and encryptionConfigurations of the aws.ecr.Repository.',
  severity: 'high',
  ids: ['AWS-0030', 'AWS-0031', 'AWS-0033', 'CKV_AWS_51', 'CKV_AWS_136', 'CKV_AWS_163'],
  scope: 'any',
  mustBeKnown: ['imageTagMutability', 'imageScanningConfiguration.scanOnPush'],
  check: (graph) => [
    ...graph.each(REPOSITORY, ({ reader, resource }) => [
      ...imageProblems(reader),
      ...reader.part(() =>
        isOn(reader.get('imageScanningConfiguration.scanOnPush')) || scannedByRegistry(graph, reader.text('name') ?? resource.name)
          ? []
          : [reader.problem('imageScanningConfiguration.scanOnPush', 'does not scan its images')],
      ),
    ]),
    ...graph.each(TEMPLATE, ({ reader }) => imageProblems(reader)),
  ],
  pass: [{ type: REPOSITORY, props: repository('IMMUTABLE') }],
  fail: [{ type: REPOSITORY, props: repository('MUTABLE') }],
};

function repository(imageTagMutability: string) {
  return {
    name: 'team/app',
    imageTagMutability,
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: KEY }],
  };
}
