import type { BadFiles } from './case.ts';

/** Files that are not what YAML, or a file system, should hold, and what YAML makes of values that people read otherwise. */
export const SYNTAX: readonly BadFiles[] = [
  {
    name: 'a key given twice',
    edit: ['serving: {latency: 50ms, latency: 60ms}'],
    says: ['payments/models/fraud.yaml:4:26    this key is given twice | Keep one of the two: which one would win is a matter of the reader.'],
  },
  {
    name: 'a tab as indentation',
    text: 'model: fraud\nserving:\n\tlatency: 50ms\n',
    says: ['payments/models/fraud.yaml:3:1    a tab indents this line | Indent with spaces: YAML forbids tabs there.'],
  },
  {
    name: 'a quote that is not closed',
    text: 'model: "fraud\nowner: payments-ml\n',
    says: ['payments/models/fraud.yaml:3:1    this is not YAML: missing closing "quote | Mind indentation, quotes and brackets around this place.'],
  },
  {
    name: 'a bracket that is not closed',
    edit: ['inputs: {amount: numeric, country: categorical'],
    says: [
      'payments/models/fraud.yaml:6:1    this is not YAML: flow map in block collection must be sufficiently indented and end with a } | Mind indentation, quotes and brackets around this place.',
    ],
  },
  {
    name: 'a line that is no field',
    text: 'model: fraud\nowner payments-ml\nregistry: {version: 8}\n',
    says: [
      'payments/models/fraud.yaml:2:1    this is not YAML: implicit keys need to be on a single line | Mind indentation, quotes and brackets around this place.',
    ],
  },
  {
    name: 'fields that do not stand below each other',
    text: 'model: fraud\nserving:\n    latency: 50ms\n  gpu: none\n',
    says: [
      'payments/models/fraud.yaml:4:1    this is not YAML: all mapping items must start at the same column | Mind indentation, quotes and brackets around this place.',
    ],
  },
  {
    name: 'an anchor',
    edit: ['serving: &fast {latency: 50ms}'],
    says: ['payments/models/fraud.yaml:4:16    "&fast" is an anchor | Leave it out: there are no aliases here.'],
  },
  {
    name: 'an alias',
    edit: ['serving: &fast {latency: 50ms}', 'slo: *fast'],
    says: [
      'payments/models/fraud.yaml:4:16    "&fast" is an anchor | Leave it out: there are no aliases here.',
      'payments/models/fraud.yaml:10:6    "*fast" is an alias | Write the value out: a reader must see it where it applies.',
    ],
  },
  {
    name: 'aliases of aliases, that would grow to millions',
    edit: [`ambient: {a: &a [1, 1], b: &b [*a, *a, *a], c: &c [*b, *b, *b], d: [*c, *c, *c]}`],
    says: [
      'payments/models/fraud.yaml:10:17    "&a" is an anchor | Leave it out: there are no aliases here.',
      'payments/models/fraud.yaml:10:32    "*a" is an alias | Write the value out: a reader must see it where it applies.',
    ],
  },
  {
    name: 'half of a character',
    edit: ['description: "half \\ud83d"'],
    says: ['payments/models/fraud.yaml:10:14    half of a character | Write the character itself, in UTF-8.'],
  },
  {
    name: 'a merge key',
    edit: ['serving: {<<: {latency: 50ms}}'],
    says: ['payments/models/fraud.yaml:4:11    "<<" is a merge key | Write its fields out: a reader must see them where they apply.'],
  },
  {
    name: 'a tag',
    edit: ['owner: !!str payments-ml'],
    says: ['payments/models/fraud.yaml:2:14    "tag:yaml.org,2002:str" is a tag | Leave it out: the schema says what a value is.'],
  },
  {
    name: 'a %YAML line',
    text: '%YAML 1.1\n---\nmodel: fraud\n',
    says: ['payments/models/fraud.yaml:1:1    a %YAML line | Leave it out: the files are YAML 1.2.'],
  },
  {
    name: 'a second document',
    text: 'model: fraud\n---\nmodel: eta\n',
    says: ['payments/models/fraud.yaml:2:1    a second document begins here | Write one file for each.'],
  },
  { name: 'an empty file', text: '', says: ['payments/models/fraud.yaml:1:1    the file is empty | Write a model file.'] },
  { name: 'a file of comments alone', text: '# nothing yet\n', says: ['payments/models/fraud.yaml:1:1    the file is empty | Write a model file.'] },
  {
    name: 'a list instead of a map',
    text: '- model: fraud\n',
    says: ['payments/models/fraud.yaml:1:3    a list is not a model file | Write a model file.'],
  },
  {
    name: 'one word instead of a map',
    text: 'fraud\n',
    says: ['payments/models/fraud.yaml:1:1    "fraud" is not a model file | Write a model file.'],
  },
  {
    name: 'nesting without end',
    text: `model: fraud\ninputs: ${'['.repeat(60)}${']'.repeat(60)}\n`,
    says: ['payments/models/fraud.yaml:2:55    this is nested too deep | No field of any file lies deeper than 24 levels.'],
  },
  {
    name: 'nesting deeper than any field',
    edit: [`labels: ${'{a: '.repeat(30)}1${'}'.repeat(30)}`],
    says: ['payments/models/fraud.yaml:7:98    this is nested too deep | No field of any file lies deeper than 24 levels.'],
  },
  {
    name: 'a file of 300 kB',
    text: '# filling\n'.repeat(30_000),
    says: ['payments/models/fraud.yaml:1:1    293 KiB is too large for a file of settings | Keep it below 256 KiB.'],
  },
  {
    name: 'a file of 100 MB',
    files: { 'payments/models/eta.yaml': { size: 104_857_600 } },
    says: ['payments/models/eta.yaml:1:1    102400 KiB is too large for a file of settings | Keep it below 256 KiB.'],
  },
  {
    name: 'bytes that are no UTF-8',
    bytes: [...Buffer.from('model: fraud\nowner: caf'), 0xe9, 10],
    says: ['payments/models/fraud.yaml:2:1    this file is not UTF-8 text | Save it as UTF-8.'],
  },
  { name: 'UTF-16', bytes: [0xff, 0xfe, 0x6d, 0, 0x6f, 0], says: ['payments/models/fraud.yaml:1:1    this file is UTF-16 | Save it as UTF-8.'] },
  {
    name: 'a control character',
    text: 'model: fraud\nowner: pay\u0007ments\n',
    says: ['payments/models/fraud.yaml:2:11    a control character (U+0007) | Take it out: this must be plain text, in UTF-8.'],
  },
  {
    name: 'a yml file',
    files: { 'payments/models/eta.yml': 'model: eta\n' },
    says: ['payments/models/eta.yml:1:1    this file is not read | Name it eta.yaml.'],
  },
  {
    name: 'a folder named as a file',
    files: { 'payments/models/eta.yaml/x': '' },
    says: ['payments/models/eta.yaml:1:1    this is not a regular file | Put a text file in its place.'],
  },
  {
    name: 'a link that leads nowhere',
    files: { 'payments/models/eta.yaml': { link: 'gone.yaml' } },
    says: ['payments/models/eta.yaml:1:1    this file cannot be read | It is a broken link, a loop of links, or not yours to read.'],
  },
  {
    name: 'links that lead to each other',
    files: { 'payments/models/eta.yaml': { link: 'etb.yaml' }, 'payments/models/etb.yaml': { link: 'eta.yaml' } },
    says: [
      'payments/models/eta.yaml:1:1    this file cannot be read | It is a broken link, a loop of links, or not yours to read.',
      'payments/models/etb.yaml:1:1    this file cannot be read | It is a broken link, a loop of links, or not yours to read.',
    ],
  },
  {
    name: 'a key without a value',
    edit: ['owner:'],
    says: ['payments/models/fraud.yaml:2:1  owner  has no value | Letters, digits, `.`, `_`, `@` and `-`, at most 63, such as payments-ml'],
  },
  {
    name: 'no as a boolean',
    edit: ['cost: {spot: no}'],
    says: ['payments/models/fraud.yaml:10:14  cost.spot  "no" is not true or false | YAML reads no as text: write false.'],
  },
  {
    name: 'yes as a country',
    edit: ['groups: [{name: answer, values: [yes, no], reference: true}]'],
    says: [
      'payments/models/fraud.yaml:10:55  groups[0].reference  true is not a value | YAML reads this as a truth value: put it in quotes, "true".',
    ],
  },
  {
    name: 'an exponent as text',
    edit: ['retraining: {workflow: train, minRows: "1e3"}'],
    says: [
      'payments/models/fraud.yaml:10:40  retraining.minRows  "1e3" is not a number of rows | YAML reads this as text: write 1000, without quotes or separators.',
    ],
  },
  {
    name: 'a number that is none',
    edit: ['drift: {minDrop: .nan}'],
    says: ['payments/models/fraud.yaml:10:18  drift.minDrop  NaN is not a loss of performance | Write a finite number.'],
  },
  {
    name: 'a number without end',
    edit: ['traffic: {usual: .inf}'],
    says: ['payments/models/fraud.yaml:10:18  traffic.usual  Infinity is not a number of requests a second | Write a finite number.'],
  },
  {
    name: 'an octal number',
    edit: ['cost: {monthly: 010}'],
    says: ['payments/models/fraud.yaml:10:17  cost.monthly  010 is read as the number 10 | Write 10, or "010" in quotes where text is meant.'],
  },
  {
    name: 'a hexadecimal number',
    edit: ['cost: {monthly: 0x1F}'],
    says: ['payments/models/fraud.yaml:10:17  cost.monthly  0x1F is read as the number 31 | Write 31.'],
  },
  {
    name: 'a number of too many digits',
    edit: ['traffic: {usual: 12345678901234567890}'],
    says: [
      'payments/models/fraud.yaml:10:18  traffic.usual  12345678901234567890 is read as the number 12345678901234567000 | No number here needs more than 15 digits; put it in quotes where text is meant.',
    ],
  },
  {
    name: 'a version that ends in 0',
    edit: ['registry: {version: 1.10}'],
    says: ['payments/models/fraud.yaml:3:21  registry.version  1.10 is read as the number 1.1 | Write it in quotes: "1.10".'],
  },
  {
    name: 'a version that begins with 0',
    edit: ['registry: {version: 007}'],
    says: ['payments/models/fraud.yaml:3:21  registry.version  007 is read as the number 7 | Write 7, or "007" in quotes where text is meant.'],
  },
  {
    name: 'a key that is a list',
    edit: ['fallback: {[a, b]: 1}'],
    says: ['payments/models/fraud.yaml:8:12    a list or a map as a key | Write a word before the colon: the name of a field.'],
  },
];
