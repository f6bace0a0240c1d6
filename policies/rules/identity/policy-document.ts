import { embedded } from '../../embedded-json.ts';
import type { Reader } from '../../reader.ts';

/** A statement of a policy document, singles as lists. What is not known yet is noted, and left out of them. */
export interface Statement {
  /** Where it stands: `policy.Statement[0]`. */
  readonly at: Reader;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `AWS`, `Service`, `Federated`, or `*`, and who. */
  readonly principals: readonly { readonly kind: string; readonly name: string }[];
  readonly conditions: readonly Condition[];
  /** That of `Action`, `Resource`, `Principal` which is written as all but some. */
  readonly allBut: readonly string[];
}

export interface Condition {
  /** Such as `StringLike`. */
  readonly operator: string;
  /** Such as `aws:SourceAccount`. */
  readonly key: string;
  readonly values: readonly string[];
}

/** What a document allows. Denials take away, and are left out. */
export function allowedBy(holder: Reader, path: string): readonly Statement[] {
  const found: Statement[] = [];
  holder.part(() =>
    embedded(holder, path).each('Statement', (at) => {
      if (at.get('Effect') === 'Allow') found.push(statementOf(at));
      return [];
    }),
  );
  return found;
}

function statementOf(at: Reader): Statement {
  return {
    at,
    actions: known(at, ['Action']),
    resources: known(at, ['Resource']),
    principals: principalsOf(at),
    conditions: conditionsOf(at),
    allBut: ['Action', 'Resource', 'Principal'].filter((key) => at.has(`Not${key}`)),
  };
}

function principalsOf(at: Reader): Statement['principals'] {
  const all = at.read('Principal');
  if (all.kind === 'known' && typeof all.value === 'string') return [{ kind: all.value, name: all.value }];
  return keysOf(at, ['Principal']).flatMap((kind) => known(at, ['Principal', kind]).map((name) => ({ kind, name })));
}

function conditionsOf(at: Reader): readonly Condition[] {
  return keysOf(at, ['Condition']).flatMap((operator) =>
    keysOf(at, ['Condition', operator]).map((key) => ({ operator, key, values: known(at, ['Condition', operator, key]) })),
  );
}

/** The texts of a list that are known. */
function known(at: Reader, path: readonly string[]): readonly string[] {
  const found: string[] = [];
  at.part(() =>
    at.list(path).flatMap((item) =>
      item.part(() => {
        const value = item.get([]);
        if (typeof value === 'string') found.push(value);
        return [];
      }),
    ),
  );
  return found;
}

function keysOf(at: Reader, path: readonly string[]): readonly string[] {
  const found: string[] = [];
  at.part(() => {
    found.push(...at.keys(path));
    return [];
  });
  return found;
}
