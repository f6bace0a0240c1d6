import type { Node } from '../../../cli/graph/node.ts';
import { textAt, valuesAt } from '../inputs/values.ts';
import type { RuleId } from './rule-id.ts';

const REPOSITORY = 'aws:ecr/repository:Repository';
const TEMPLATE = 'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate';
const SCANNING = 'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration';

const immutable = ({ inputs }: Node): boolean => textAt(inputs, 'imageTagMutability') === 'IMMUTABLE';

/** 30-platform 13, ecr-immutable-scanned: what the foundation makes for images; repositories of the cache are made by a template. */
export const IMAGES: readonly RuleId[] = [
  {
    ids: ['AWS-0030', 'CKV_AWS_163'],
    title: 'an image is scanned when it is pushed',
    types: [REPOSITORY],
    holds: ({ inputs }, graph) =>
      valuesAt(inputs, 'imageScanningConfiguration.scanOnPush')[0]?.value === true && [...graph.values()].some(({ type }) => type === SCANNING),
    breaks: { changes: { 'imageScanningConfiguration.scanOnPush': false } },
  },
  {
    ids: ['AWS-0031', 'CKV_AWS_51'],
    title: 'a tag of an image is never moved',
    types: [REPOSITORY, TEMPLATE],
    holds: immutable,
    breaks: { changes: { imageTagMutability: 'MUTABLE' } },
  },
  {
    ids: ['AWS-0033', 'CKV_AWS_136'],
    title: 'images lie under an own key',
    types: [REPOSITORY, TEMPLATE],
    holds: ({ inputs }) =>
      textAt(inputs, 'encryptionConfigurations.encryptionType') === 'KMS' && textAt(inputs, 'encryptionConfigurations.kmsKey') !== null,
    breaks: { changes: { 'encryptionConfigurations.encryptionType': 'AES256' } },
  },
];
