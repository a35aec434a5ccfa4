/**
 * Plays a row of the error catalogue: a working mesh of the corpus and its call, one edit of either, and
 * what comes of it. For tests, one file of rows a topic.
 */
import { readFileSync } from 'node:fs';
import type { CaseCall, CaseFile } from '../../conformance/caseFile.ts';
import { callFrom, variantInput } from '../../conformance/input.ts';
import { compile, evaluate, parse, parsePlainYaml, type Trace } from '../../engine.ts';
import { type Remedy, remedyOf } from '../../i18n/render/remedy.ts';

export type Edit = (yaml: string) => string;
/** A call to make; what was once observed of it is nobody's business here. */
export type PlayedCall = Omit<CaseCall, 'observed'>;
export type CallEdit = (call: PlayedCall) => PlayedCall;

export interface Row {
  readonly title: string;
  readonly edit?: Edit;
  readonly call?: CallEdit;
  /** Days that the mesh clock is moved on. */
  readonly days?: number;
  /** Any of these: some ends race. */
  readonly exit: readonly number[];
  readonly status?: number;
  readonly error?: RegExp;
  /** RESPONSE_FLAGS of one of the access-log lines. */
  readonly flags?: string;
  /** RESPONSE_CODE_DETAILS or a transport failure of one of them, or what an end of a failed handshake says. */
  readonly details?: RegExp;
  /** Absent: the call gets through. */
  readonly remedy?: Remedy;
}

export const replace =
  (from: string, to: string): Edit =>
  (yaml) => {
    if (!yaml.includes(from)) throw new Error(`nothing to edit: ${from}`);
    return yaml.replace(from, to);
  };
export const add =
  (document: string): Edit =>
  (yaml) =>
    `${yaml}\n---\n${document}`;
export const call =
  (change: Partial<PlayedCall>): CallEdit =>
  (base) => ({ ...base, ...change });
export const without =
  (...fields: (keyof PlayedCall)[]): CallEdit =>
  (base) =>
    Object.fromEntries(
      Object.entries(base).filter(([key]) => !fields.includes(key as keyof PlayedCall)),
    ) as unknown as PlayedCall;

/** A mesh and a call that get through; rows break one thing of them. */
export interface Base {
  readonly file: CaseFile;
  readonly call: PlayedCall;
}

/** A variant of a case as one text, so that a row can edit any of it. */
export function seed(name: string, variant: string, callName: string): Base {
  const read = parsePlainYaml(readFileSync(`conformance/seeds/seed-${name}.yaml`, 'utf8'));
  if (!read.ok) throw new Error(read.error);
  const file = read.value as CaseFile;
  const chosen = file.variants.find((one) => one.name === variant);
  const working = chosen?.calls?.find((one) => one.name === callName);
  if (chosen === undefined || working === undefined) throw new Error(`gone: ${variant}, ${callName}`);
  const { manifests = '', ...rest } = chosen;
  return {
    file: { ...file, manifests: manifests === '' ? file.manifests : add(manifests)(file.manifests), variants: [rest] },
    call: working,
  };
}

const DAY = 86_400_000;

export const { file: FOOCORP, call: WORKING } = seed(
  '000-foocorp-mutual',
  'default',
  'frontend with the frontend client certificate',
);

export async function traceOf(base: Base, row: Partial<Row>): Promise<Trace> {
  const { edited, compiled } = await compiledOf(base, row);
  return evaluate(compiled, callFrom(compiled, edited, row.call === undefined ? base.call : row.call(base.call)));
}

/** The mesh of a row, and its case. */
export async function compiledOf({ file }: Base, { edit, days = 0 }: Partial<Row>) {
  const now = new Date(Date.parse(file.now) + days * DAY).toISOString();
  const edited: CaseFile = { ...file, now, manifests: edit === undefined ? file.manifests : edit(file.manifests) };
  const [variant] = edited.variants;
  if (variant === undefined) throw new Error('no variant');
  const { files, options } = variantInput(edited, variant);
  return { edited, compiled: await compile(parse(files), options) };
}

type Step = Trace['hops'][number]['steps'][number];

function wordsOf(step: Step): (string | undefined)[] {
  if (step.kind !== 'tls-handshake' || step.result.kind === 'established') return [];
  return [step.result.clientSees, step.result.serverSees];
}

/** What a user sees of a row, in the shape in which `expected` says it. */
export async function played(base: Base, row: Row) {
  const trace = await traceOf(base, row);
  const { outcome } = trace;
  if (outcome.kind !== 'http') throw new Error(`not HTTP: ${outcome.kind}`);
  const { curlExit, status, error = '' } = outcome;
  const logs = trace.hops.flatMap(({ log }) => log ?? []);
  const flags = logs.map((log) => log.flags.join());
  const details = [
    ...logs.flatMap((log) => [log.details, log.upstreamFailure, log.downstreamFailure]),
    ...trace.hops.flatMap(({ steps }) => steps.flatMap(wordsOf)),
  ];
  return {
    exit: row.exit.includes(curlExit) ? row.exit : curlExit,
    status,
    error: row.error === undefined || row.error.test(error) ? row.error : error,
    flags: row.flags === undefined || flags.includes(row.flags) ? row.flags : flags,
    details: row.details === undefined || details.some((text) => row.details?.test(text ?? '')) ? row.details : details,
    remedy: remedyOf(trace),
  };
}

export const expected = ({ exit, status = 0, error, flags, details, remedy }: Row) => ({
  exit,
  status,
  error,
  flags,
  details,
  remedy,
});

/** Before any edit: what undoing a row comes back to. */
const UNTOUCHED: Row = { title: 'works before any edit', exit: [0], status: 200 };

/** The rows of a base by title, the base as it is first. */
export const titled = (rows: readonly Row[]): [string, Row][] => [UNTOUCHED, ...rows].map((row) => [row.title, row]);
