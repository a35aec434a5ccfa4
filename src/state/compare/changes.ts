/** What differs between two states of the work: by file, and in each file by document. */
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { documentsOf, type NamedDocument } from './documents.ts';

export type ChangeKind = 'added' | 'removed' | 'changed';

export interface DocumentChange {
  readonly kind: ChangeKind;
  /** Undefined: a document whose kind and name the text does not say. */
  readonly name?: string;
}

export interface FileChange {
  readonly file: string;
  readonly kind: ChangeKind;
  /** Empty where only comments, blank lines or the order changed. */
  readonly documents: readonly DocumentChange[];
}

export interface Changes {
  readonly files: readonly FileChange[];
  /** The files stand in another order: it is the order in which documents are created. */
  readonly order: boolean;
  readonly calls: boolean;
  readonly clock: boolean;
}

export const isNothing = ({ files, order, calls, clock }: Changes): boolean =>
  files.length === 0 && !order && !calls && !clock;

/** Positions are how the work looks, not what it says: they are no change. */
export function changesBetween(before: Workspace, after: Workspace): Changes {
  return {
    files: before.files === after.files ? [] : fileChanges(before.files, after.files),
    order: before.files !== after.files && !isSameOrder(before.files, after.files),
    calls: before.calls !== after.calls && JSON.stringify(before.calls) !== JSON.stringify(after.calls),
    clock: before.world.now !== after.world.now,
  };
}

/** Of the files that are in both. */
function isSameOrder(before: readonly WorkspaceFileText[], after: readonly WorkspaceFileText[]): boolean {
  const both = (files: readonly WorkspaceFileText[], others: readonly WorkspaceFileText[]): string[] =>
    files.map(({ name }) => name).filter((name) => others.some((other) => other.name === name));
  const order = both(after, before);
  return both(before, after).every((name, at) => name === order[at]);
}

function fileChanges(before: readonly WorkspaceFileText[], after: readonly WorkspaceFileText[]): readonly FileChange[] {
  const old = new Map(before.map(({ name, text }) => [name, text]));
  const kept = new Set(after.map(({ name }) => name));
  return [
    ...after.flatMap(({ name, text }): FileChange[] => {
      const was = old.get(name);
      if (was === text) return [];
      const kind = was === undefined ? 'added' : 'changed';
      return [{ file: name, kind, documents: documentChanges(was ?? '', text) }];
    }),
    ...before.flatMap(({ name, text }): FileChange[] =>
      kept.has(name) ? [] : [{ file: name, kind: 'removed', documents: documentChanges(text, '') }],
    ),
  ];
}

function documentChanges(before: string, after: string): readonly DocumentChange[] {
  const old = grouped(documentsOf(before));
  const now = grouped(documentsOf(after));
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name): DocumentChange[] => {
    const was = old.get(name);
    const is = now.get(name);
    if (was === is) return [];
    const kind = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    return [{ kind, ...(name === undefined ? {} : { name }) }];
  });
}

/** Documents of one name are compared together: two of a name are a mistake, but no reason to lose one. */
function grouped(documents: readonly NamedDocument[]): Map<string | undefined, string> {
  const found = new Map<string | undefined, string>();
  for (const { name, text } of documents) {
    const known = found.get(name);
    found.set(name, known === undefined ? text : `${known}\n---\n${text}`);
  }
  return found;
}
