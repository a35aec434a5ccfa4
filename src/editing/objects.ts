/** Every object that the text holds, in force or not, with its place: what an edit of many documents walks. */
import type { FieldPath } from '../base/origin.ts';
import { interpretObject, type PlacelessResource } from '../resources/interpretObject.ts';
import type { WorkspaceFile } from '../resources/types.ts';
import { readText } from '../resources/yaml/readText.ts';
import { splitDocuments } from '../resources/yaml/splitDocuments.ts';

export interface TextDocument {
  readonly file: string;
  /** Offset in the file. */
  readonly offset: number;
  readonly text: string;
}

export interface TextObject {
  readonly document: TextDocument;
  /** Where the object lies in its document: [], or the path of a List's item. */
  readonly prefix: FieldPath;
  /** As the API server would read it. */
  readonly value: unknown;
  readonly resource: PlacelessResource;
}

/** `mayMatter` rules documents out by their text alone, before they are read. */
export function objectsIn(
  files: readonly WorkspaceFile[],
  mayMatter: (text: string) => boolean = () => true,
): TextObject[] {
  return files.flatMap((file) =>
    splitDocuments(file.text).flatMap(({ start, text }) => {
      if (!mayMatter(text)) return [];
      const document = { file: file.name, offset: start, text };
      return readText(text).objects.flatMap(({ value, prefix }): TextObject[] => {
        const { resource } = interpretObject(value);
        return resource === undefined ? [] : [{ document, prefix, value, resource }];
      });
    }),
  );
}
