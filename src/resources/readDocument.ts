/**
 * One document's text -> its objects, interpreted, with every range that a diagnostic needs. Depends
 * on the text alone, so parseWorkspace remembers it by the text. The syntax tree is not kept: what
 * is asked for later (locateInText) reads the one document again.
 */
import type { FieldPath } from '../base/origin.ts';
import { type InterpretedObject, type Issue, interpretObject } from './interpretObject.ts';
import type { Fault } from './validate/faults.ts';
import type { YamlProblem } from './yaml/composeDocument.ts';
import type { NodeRange } from './yaml/locateNode.ts';
import { readText } from './yaml/readText.ts';

/** Something about a place in the document; offsets are relative to its text. */
export interface Placed<T> {
  readonly about: T;
  readonly range: NodeRange;
}

export interface ReadObject {
  readonly interpreted: InterpretedObject;
  /** Where the object lies in the document: [], or the path of a List's item. */
  readonly prefix: FieldPath;
  readonly issues: readonly Placed<Issue>[];
  readonly errors: readonly Placed<Fault>[];
  readonly warnings: readonly Placed<Fault>[];
}

export interface ReadDocument {
  readonly objects: readonly ReadObject[];
  readonly problems: readonly YamlProblem[];
}

export function readDocument(text: string): ReadDocument {
  const { objects, problems, locate } = readText(text);
  return {
    problems,
    objects: objects.map(({ value, prefix }) => {
      const interpreted = interpretObject(value);
      const place = (fault: Fault): Placed<Fault> => ({ about: fault, range: locate([...prefix, ...fault.path]) });
      return {
        interpreted,
        prefix,
        issues: interpreted.issues.map((issue) => ({
          about: issue,
          range: locate([...prefix, ...issue.path], issue.ofKey ? 'key' : 'value'),
        })),
        errors: interpreted.findings.errors.items.map(place),
        warnings: interpreted.findings.warnings.items.map(place),
      };
    }),
  };
}

const MAX_REMEMBERED = 32;

/** What was found in a document, by path: after an edit the same is asked of all the others again. */
const found = new WeakMap<ReadDocument, Map<string, NodeRange>>();

/**
 * Finds fields in texts. Remembers the last few syntax trees, since questions come in series, and every
 * answer about one of the `documents`, which stay the same objects while their text does.
 */
export function createLocator(
  documents: ReadonlyMap<string, ReadDocument>,
): (text: string, path: FieldPath) => NodeRange {
  const remembered = new Map<string, ReturnType<typeof readText>['locate']>();
  const search = (text: string, path: FieldPath): NodeRange => {
    const locate = remembered.get(text) ?? readText(text).locate;
    remembered.delete(text);
    remembered.set(text, locate);
    const oldest = remembered.keys().next().value;
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return locate(path);
  };
  return (text, path) => {
    const document = documents.get(text);
    if (document === undefined) return search(text, path);
    const answers = found.get(document) ?? new Map<string, NodeRange>();
    found.set(document, answers);
    const key = JSON.stringify(path);
    const answer = answers.get(key) ?? search(text, path);
    answers.set(key, answer);
    return answer;
  };
}
