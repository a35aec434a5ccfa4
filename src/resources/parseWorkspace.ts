/**
 * The text of a workspace -> resources, refusals, warnings and diagnostics. Every document is read
 * by itself and remembered by its text, so that an edit reads one document again; a document that
 * did not change keeps its Resource object.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { ResourceId } from '../base/ids.ts';
import type { FieldPath, Origin, SourceRange } from '../base/origin.ts';
import { rankDocuments } from './documentRanks.ts';
import type { Issue, PlacelessResource } from './interpretObject.ts';
import { keptDocuments, type LastRead, lastRead, type PlacedDocument } from './keptDocuments.ts';
import { createLocator, type Placed, type ReadDocument, type ReadObject, readDocument } from './readDocument.ts';
import type { ParsedWorkspace, Resource, WebhookCause, WebhookFinding, WorkspaceFile } from './types.ts';
import { type Fault, faultsText } from './validate/faults.ts';
import type { YamlProblem } from './yaml/composeDocument.ts';
import { YAML_LIMITS } from './yaml/limits.ts';
import { lineStartsOf, rangeOf } from './yaml/lineStarts.ts';
import type { NodeRange } from './yaml/locateNode.ts';
import { splitDocuments } from './yaml/splitDocuments.ts';

/** Remembers documents by their text between calls; give the same one to each parse of a workspace. */
export interface ParseCache {
  documents: Map<string, ReadDocument>;
  /** By the names of files. */
  files: Map<string, LastRead>;
  /** The Resource last made of an interpreted object. */
  resources: WeakMap<ReadObject, Resource>;
  ranks: WeakMap<ReadObject, number>;
}

export const createParseCache = (): ParseCache => ({
  documents: new Map(),
  files: new Map(),
  resources: new WeakMap(),
  ranks: new WeakMap(),
});

/** A document in its file. */
interface Place {
  readonly file: WorkspaceFile;
  readonly lineStarts: () => readonly number[];
  readonly start: number;
  readonly text: string;
}

interface ObjectPlace {
  readonly place: Place;
  readonly prefix: FieldPath;
  readonly refused: boolean;
}

interface Assembly {
  readonly cache: ParseCache;
  readonly inForce: Map<ResourceId, Resource>;
  readonly places: Map<ResourceId, ObjectPlace>;
  readonly rejected: WebhookFinding[];
  readonly warnings: WebhookFinding[];
  readonly diagnostics: Diagnostic[];
  readonly locateInText: (text: string, path: FieldPath) => NodeRange;
  /** Of each object, in the order in which they are added. */
  readonly ranks: readonly number[];
  added: number;
}

/** A file split and read; one that is too large has no documents. */
interface ReadFile {
  readonly file: WorkspaceFile;
  readonly documents: readonly PlacedDocument[];
}

export function parseWorkspace(
  files: readonly WorkspaceFile[],
  cache: ParseCache = createParseCache(),
): ParsedWorkspace {
  const documents = new Map<string, ReadDocument>();
  const read = files.map((file) => readFile(file, cache, documents));
  cache.documents = documents;
  cache.files = new Map(read.map((one) => [one.file.name, lastRead(one.file.text, one.documents)]));
  const objects = read.flatMap((file) => file.documents.flatMap((document) => document.read.objects));
  const assembly: Assembly = {
    cache,
    inForce: new Map(),
    places: new Map(),
    rejected: [],
    warnings: [],
    diagnostics: [],
    locateInText: createLocator(documents),
    ranks: rankDocuments(objects, cache.ranks),
    added: 0,
  };
  for (const file of read) addFile(assembly, file);
  const { places, locateInText } = assembly;
  return {
    resources: [...assembly.inForce.values()],
    rejected: assembly.rejected,
    warnings: assembly.warnings,
    diagnostics: assembly.diagnostics,
    locate: (origin) => locate(places, locateInText, origin),
  };
}

/** `documents` is filled with those of this workspace: what the cache holds afterwards. */
function readFile(file: WorkspaceFile, cache: ParseCache, documents: Map<string, ReadDocument>): ReadFile {
  if (file.text.length > YAML_LIMITS.fileLength) return { file, documents: [] };
  const kept = keptDocuments(cache.files.get(file.name), file.text);
  const found: PlacedDocument[] = [];
  let objects = 0;
  for (const { start, text: cut } of splitDocuments(file.text)) {
    const before = kept(start, cut.length);
    // The text that was there already is known by the maps.
    const text = before?.text ?? cut;
    const read = before?.read ?? documents.get(text) ?? cache.documents.get(text) ?? readDocument(text);
    documents.set(text, read);
    found.push({ start, text, read });
    objects += read.objects.length;
    // Enough to say that there are too many.
    if (objects > YAML_LIMITS.documents) break;
  }
  return { file, documents: found };
}

function addFile(assembly: Assembly, { file, documents }: ReadFile): void {
  let starts: readonly number[] | undefined;
  const lineStarts = () => {
    starts ??= lineStartsOf(file.text);
    return starts;
  };
  if (file.text.length > YAML_LIMITS.fileLength) {
    const params = { limit: YAML_LIMITS.fileLength, size: file.text.length };
    const range = rangeOf(file.name, [0], 0, 0);
    assembly.diagnostics.push({ code: 'yaml-too-large', severity: 'error', params, range });
    return;
  }
  for (const { start, text, read } of documents) {
    const place: Place = { file, lineStarts, start, text };
    for (const problem of read.problems) assembly.diagnostics.push(problemDiagnostic(place, problem));
    for (const object of read.objects) {
      if (assembly.added >= YAML_LIMITS.documents) {
        const params = { limit: YAML_LIMITS.documents };
        const range = absolute(place, { start: 0, end: 0 });
        assembly.diagnostics.push({ code: 'yaml-too-many-documents', severity: 'error', params, range });
        return;
      }
      addObject(assembly, place, object);
    }
  }
}

function addObject(assembly: Assembly, place: Place, object: ReadObject): void {
  const { interpreted, prefix } = object;
  const { resource, refused } = interpreted;
  const order = assembly.ranks[assembly.added++] ?? 0;
  for (const issue of object.issues) assembly.diagnostics.push(issueDiagnostic(place, issue, resource?.id));
  if (resource === undefined) return;
  const known = assembly.places.get(resource.id);
  // A refused document hides none that is in force.
  if (known === undefined || known.refused || !refused) assembly.places.set(resource.id, { place, prefix, refused });
  addFindings(assembly, place, object, resource);
  if (refused) return;
  const earlier = assembly.inForce.get(resource.id);
  if (earlier !== undefined) assembly.diagnostics.push(duplicateDiagnostic(assembly, place, object, resource));
  assembly.inForce.set(resource.id, inPlace(assembly.cache, object, resource, earlier?.order ?? order));
}

/** Applied again, an object keeps its age, which is why `order` may be that of an earlier document. */
function inPlace(cache: ParseCache, object: ReadObject, resource: PlacelessResource, order: number): Resource {
  const last = cache.resources.get(object);
  if (last?.order === order) return last;
  const placed = { ...resource, order };
  cache.resources.set(object, placed);
  return placed;
}

function addFindings(assembly: Assembly, place: Place, object: ReadObject, resource: PlacelessResource): void {
  const { findings, refused, decoded } = object.interpreted;
  const causesOf = (faults: readonly Placed<Fault>[]): WebhookCause[] =>
    faults.map(({ about, range }) => ({
      message: about.message,
      origin: { resource: resource.id, path: about.path },
      range: absolute(place, range),
    }));
  const causes = causesOf(refused ? object.errors : object.warnings);
  const [first] = causes;
  if (first === undefined) return;
  const { id, kind, namespace, name } = resource;
  const text = faultsText(refused ? findings.errors : findings.warnings);
  (refused ? assembly.rejected : assembly.warnings).push({
    kind,
    namespace,
    name,
    message: refused && decoded ? `configuration is invalid: ${text}` : text,
    resource: id,
    origin: first.origin,
    range: first.range,
    causes,
    unrelayedWarnings: refused ? causesOf(object.warnings) : [],
  });
  const code = refused ? 'webhook-rejected' : 'webhook-warning';
  const severity = refused ? 'error' : 'warning';
  for (const { message, origin, range } of causes) {
    assembly.diagnostics.push({ code, severity, params: { message }, origin, range });
  }
}

const absolute = ({ file, lineStarts, start }: Place, range: NodeRange): SourceRange =>
  rangeOf(file.name, lineStarts(), start + range.start, start + range.end);

function issueDiagnostic(place: Place, { about, range }: Placed<Issue>, id: ResourceId | undefined): Diagnostic {
  const { code, severity, params, path } = about;
  const origin = id === undefined ? {} : { origin: { resource: id, path } };
  return { code, severity, params, range: absolute(place, range), ...origin };
}

function duplicateDiagnostic(
  { locateInText }: Assembly,
  place: Place,
  object: ReadObject,
  { id, kind, name, namespace }: PlacelessResource,
): Diagnostic {
  return {
    code: 'duplicate-resource',
    severity: 'warning',
    params: { kind, name, namespace },
    origin: { resource: id, path: ['metadata', 'name'] },
    range: absolute(place, locateInText(place.text, [...object.prefix, 'metadata', 'name'])),
  };
}

function problemDiagnostic(place: Place, { code, params, start, end }: YamlProblem): Diagnostic {
  const severity = code === 'duplicate-key' ? 'warning' : 'error';
  return { code, severity, params, range: absolute(place, { start, end }) };
}

function locate(
  places: ReadonlyMap<ResourceId, ObjectPlace>,
  locateInText: (text: string, path: FieldPath) => NodeRange,
  origin: Origin,
): SourceRange | undefined {
  const found = places.get(origin.resource);
  if (found === undefined) return undefined;
  return absolute(found.place, locateInText(found.place.text, [...found.prefix, ...origin.path]));
}
