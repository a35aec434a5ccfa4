/**
 * Many calls at once: paths and moments -> where each token is after so many milliseconds, and which
 * ends have been reached. Tokens set out one after the other, so that those of one caller are told apart.
 */
import type { Moment } from '../../../state/trace/moments.ts';
import { durationOf } from '../../../state/trace/moments.ts';
import type { CallPath } from '../path/pathOfCall.ts';
import { placeToken, type TokenPlace } from '../path/placeToken.ts';

export interface Part {
  readonly path: CallPath;
  readonly moments: readonly Moment[];
  readonly starts: readonly number[];
  readonly length: number;
}

/** Between two departures. */
const APART_MS = 140;

export function partOf(path: CallPath, moments: readonly Moment[]): Part {
  const starts: number[] = [];
  let length = 0;
  for (const moment of moments) {
    starts.push(length);
    length += durationOf(moment);
  }
  return { path, moments, starts, length };
}

export const lengthOf = (parts: readonly Part[]): number =>
  Math.max(0, ...parts.map(({ length }, at) => length + at * APART_MS));

/** Undefined before it sets out and after it has come back. */
export function tokenAt(part: Part, at: number, time: number): TokenPlace | undefined {
  const own = time - at * APART_MS;
  if (own < 0 || own >= part.length) return undefined;
  let index = 0;
  while (index + 1 < part.starts.length && (part.starts[index + 1] ?? 0) <= own) index++;
  const moment = part.moments[index];
  if (moment === undefined) return undefined;
  const progress = (own - (part.starts[index] ?? 0)) / durationOf(moment);
  return placeToken(part.path, part.moments, { at: index, progress });
}

export const isOver = (part: Part, at: number, time: number): boolean => time - at * APART_MS >= part.length;
