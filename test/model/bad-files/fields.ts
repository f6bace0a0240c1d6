import type { BadFiles } from './case.ts';

/** The registry entry, inputs, outputs and what is said about them. */
export const FIELDS: readonly BadFiles[] = [
  {
    name: 'neither a version nor an alias',
    edit: ['registry: {}'],
    says: ['payments/models/fraud.yaml:3:1  registry.version  is missing | Add version: 8, or follow: candidate'],
  },
  {
    name: 'a version and an alias',
    edit: ['registry: {version: 8, follow: candidate}'],
    says: ['payments/models/fraud.yaml:3:24  registry.follow  follows an alias, and version 8 is fixed | Give one of the two.'],
  },
  {
    name: 'a digest beside an alias',
    edit: [`registry: {follow: candidate, digest: "sha256:${'a'.repeat(64)}"}`],
    says: ['payments/models/fraud.yaml:3:31  registry.digest  pins one version, and the alias moves on | Leave the digest out, or give a version.'],
  },
  {
    name: 'no inputs and no features',
    without: ['inputs'],
    says: ['payments/models/fraud.yaml:1:1  inputs  is missing | Add inputs: {amount: numeric}, or features: {service: fraud_v3}'],
  },
  {
    name: 'a name of every object',
    edit: ['inputs: {constructor: numeric}'],
    says: ['payments/models/fraud.yaml:5:10  inputs.constructor  "constructor" is a reserved name | Choose another name.'],
  },
  {
    name: 'an input that is an output, too',
    edit: ['inputs: {score: numeric}'],
    says: [
      'payments/models/fraud.yaml:6:11  outputs.score  "score" is used twice | Keys, inputs, features and outputs share one set of names: they are columns of one log.',
    ],
  },
  {
    name: 'names that differ in capitals alone',
    edit: ['inputs: {amount: numeric, Amount: numeric}'],
    says: [
      'payments/models/fraud.yaml:5:27  inputs.Amount  "Amount" and "amount" differ in capitals alone | Keys, inputs, features and outputs share one set of names: they are columns of one log.',
    ],
  },
  {
    name: 'a list that names one twice',
    edit: ['inputs: [{name: amount, kind: numeric}, {name: amount, kind: numeric}]'],
    says: ['payments/models/fraud.yaml:5:48  inputs[1].name  "amount" is used twice | Give one of the two another name.'],
  },
  {
    name: 'numbers in bytes',
    edit: ['inputs: {amount: {kind: numeric, datatype: BYTES}}'],
    says: [
      'payments/models/fraud.yaml:5:44  inputs.amount.datatype  BYTES does not hold numbers | Choose FP32, FP64, INT32, INT64, or another kind.',
    ],
  },
  {
    name: 'categories in fractions',
    edit: ['inputs: {country: {kind: categorical, datatype: FP32}}'],
    says: [
      'payments/models/fraud.yaml:5:49  inputs.country.datatype  FP32 does not hold categories | Choose BYTES, BOOL, INT32, INT64, or another kind.',
    ],
  },
  {
    name: 'numbers in bytes, in a list',
    edit: ['inputs: [{name: hour, kind: numeric}, {name: amount, kind: numeric, datatype: BYTES}]'],
    says: ['payments/models/fraud.yaml:5:79  inputs[1].datatype  BYTES does not hold numbers | Choose FP32, FP64, INT32, INT64, or another kind.'],
  },
  {
    name: 'an embedding without its length',
    edit: ['outputs: {vector: embedding}', 'labels: []', 'fallback: {vector: 0}'],
    says: ['payments/models/fraud.yaml:6:19  outputs.vector  an embedding of one number | Say how long the vector is, such as shape: 384'],
  },
  {
    name: 'a picture logged in full',
    edit: ['inputs: {image: {kind: binary, log: full}}'],
    says: ['payments/models/fraud.yaml:5:37  inputs.image.log  bytes are not logged in full | Use hash or drop.'],
  },
  {
    name: 'a domain that runs backwards',
    edit: ['inputs: {amount: {kind: numeric, domain: {min: 2, max: 1}}}'],
    says: ['payments/models/fraud.yaml:5:42  inputs.amount.domain  min 2 is not below max 1 | Swap them, or leave the domain out.'],
  },
  {
    name: 'a domain of a category',
    edit: ['inputs: {country: {kind: categorical, domain: {min: 0, max: 1}}}'],
    says: ['payments/models/fraud.yaml:5:47  inputs.country.domain  a domain says nothing about categories | Leave the domain out.'],
  },
  {
    name: 'a probability of two',
    edit: ['outputs: {score: {kind: probability, domain: {min: 0, max: 2}}}'],
    says: [
      'payments/models/fraud.yaml:6:46  outputs.score.domain  a probability lies from 0 to 1, not from 0 to 2 | Narrow the domain, or choose kind numeric.',
    ],
  },
  {
    name: 'a score that is no output',
    edit: ['score: scor'],
    says: ['payments/models/fraud.yaml:10:8  score  "scor" is not an output of this model | did you mean "score"? (score)'],
  },
  {
    name: 'a score that is a category',
    edit: ['outputs: {class: categorical}', 'fallback: {class: ok}', 'score: class'],
    says: ['payments/models/fraud.yaml:10:8  score  "class" is categorical, not a number | A score is the probability of the positive class.'],
  },
  {
    name: 'two scores to choose from',
    edit: ['outputs: {score: probability, risk: probability}', 'fallback: {score: 0, risk: 0}'],
    says: [
      'payments/models/fraud.yaml:6:1  outputs  score and risk are probabilities, and labels need one score | Say which one it is, such as score: score',
    ],
  },
  {
    name: 'a score that is not logged',
    edit: ['outputs: {score: {kind: probability, log: drop}}'],
    says: [
      'payments/models/fraud.yaml:6:43  outputs.score.log  the score would be logged as "drop" | Use log: full: without it performance cannot be computed.',
    ],
  },
  {
    name: 'a fallback of another name',
    edit: ['fallback: {scor: 0.1}'],
    says: ['payments/models/fraud.yaml:8:12  fallback.scor  "scor" is not an output of this model | did you mean "score"? (score)'],
  },
  {
    name: 'a fallback that leaves an output out',
    edit: ['outputs: {score: probability, reason: categorical}'],
    says: ['payments/models/fraud.yaml:8:1  fallback  has no value for "reason" | An answer has every output.'],
  },
  {
    name: 'a fallback out of the domain',
    edit: ['fallback: {score: 1.5}'],
    says: ["payments/models/fraud.yaml:8:19  fallback.score  1.5 is out of the output's domain | It lies from 0 to 1."],
  },
  {
    name: 'a fallback that is a word',
    edit: ['fallback: {score: high}'],
    says: ['payments/models/fraud.yaml:8:19  fallback.score  "high" is not a number | The output\'s datatype is FP32.'],
  },
  {
    name: 'a fallback of a fraction for whole numbers',
    edit: ['outputs: {score: probability, minutes: {kind: numeric, datatype: INT32}}', 'fallback: {score: 0, minutes: 1.5}'],
    says: ["payments/models/fraud.yaml:8:31  fallback.minutes  1.5 is not a whole number | The output's datatype is INT32."],
  },
  {
    name: 'a fallback of too few items',
    edit: ['outputs: {items: {kind: items, shape: 3}}', 'labels: []', 'fallback: {items: [a, b]}'],
    says: ['payments/models/fraud.yaml:8:19  fallback.items  2 values for an output of 3 | Give one value, or as many as the output has per row.'],
  },
  {
    name: 'recommendations of an output that is none',
    edit: ['recommendations: {output: items, size: 10, catalogue: 500}'],
    says: ['payments/models/fraud.yaml:10:27  recommendations.output  "items" is not an output of this model | Known are score.'],
  },
  {
    name: 'recommendations that are a probability',
    edit: ['recommendations: {output: score, size: 10, catalogue: 500}'],
    says: [
      'payments/models/fraud.yaml:10:27  recommendations.output  "score" is probability, not items | Give the output the kind items: {score: items}',
    ],
  },
  {
    name: 'more recommendations than items',
    edit: [
      'outputs: {items: {kind: items, shape: 10}}',
      'labels: []',
      'fallback: {items: a}',
      'recommendations: {output: items, size: 10, catalogue: 5}',
    ],
    says: ['payments/models/fraud.yaml:10:55  recommendations.catalogue  5 items are fewer than one answer holds | Raise catalogue.'],
  },
];
