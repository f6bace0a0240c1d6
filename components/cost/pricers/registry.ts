import { assumed, fixed, free, type Pricer, share, unpriced } from '../line.ts';

const REPOSITORY = 'aws:ecr/repository:Repository';
const CACHE_RULE = 'aws:ecr/pullThroughCacheRule:PullThroughCacheRule';
const SECRET = 'aws:secretsmanager/secret:Secret';
const QUEUE = 'aws:sqs/queue:Queue';

/** Repositories of the cache appear with the first pull: their storage goes with the rule. */
const images: Pricer = (_, context, node) => {
  const sharers = [REPOSITORY, CACHE_RULE].flatMap(context.nodes);
  return [assumed('images', 'ecr.gb', share(context, 'imageGb', node, sharers), 'imageGb')];
};

const scanning: Pricer = (inputs) =>
  inputs.text('scanType', 'BASIC') === 'BASIC'
    ? [free('image scanning', 'basic scanning is not charged')]
    : [unpriced('enhanced image scanning', 'Inspector charges each image; its price could not be read')];

const secret: Pricer = (_, context, node) => [
  fixed('secret', 'secrets.secret', 1),
  assumed('requests', 'secrets.requests', share(context, 'secretRequestMillions', node, context.nodes(SECRET)), 'secretRequestMillions'),
];

const queue: Pricer = (_, context, node) => [
  assumed('requests', 'sqs.requests', share(context, 'queueRequestMillions', node, context.nodes(QUEUE)), 'queueRequestMillions'),
];

export const registryPricers: Readonly<Record<string, Pricer>> = {
  [REPOSITORY]: images,
  [CACHE_RULE]: images,
  'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration': scanning,
  [SECRET]: secret,
  [QUEUE]: queue,
};
