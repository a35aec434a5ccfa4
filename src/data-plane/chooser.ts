/**
 * Lots: wherever Envoy or the network would pick by chance (weights, several endpoints, fault
 * percentages, races), the data plane asks a Chooser. Replaying with a forced prefix of choices is
 * how all possible outcomes of a call are enumerated. Same answers, same trace.
 */
import { seededRandom } from '../base/seededRandom.ts';
import type { ChoiceMade } from '../trace/trace.ts';

export interface Chooser {
  /** Index of the chosen option. Options are never empty; without weights all weigh the same. */
  choose(kind: ChoiceMade['kind'], options: readonly string[], weights?: readonly number[]): number;
}

/** Draws by weight from a seed. */
export function seededChooser(seed: string): Chooser {
  const random = seededRandom(seed);
  return {
    choose(_kind, options, weights) {
      const shares = options.map((_, i) => Math.max(0, weights?.[i] ?? 1));
      const total = shares.reduce((sum, share) => sum + share, 0);
      let at = random.next() * total;
      for (const [i, share] of shares.entries()) {
        at -= share;
        if (at < 0) return i;
      }
      return Math.max(
        0,
        shares.findLastIndex((share) => share > 0),
      );
    },
  };
}

/** Answers from a script, then always the first option that can be drawn; `made` grows with every question. */
export interface ScriptedChooser extends Chooser {
  readonly made: {
    readonly options: readonly string[];
    readonly weights: readonly number[];
    readonly chosen: number;
  }[];
}

export function scriptedChooser(script: readonly number[]): ScriptedChooser {
  const made: ScriptedChooser['made'] = [];
  return {
    made,
    choose(_kind, options, weights) {
      const shares = options.map((_, i) => weights?.[i] ?? 1);
      const scripted = script[made.length];
      const chosen =
        scripted ??
        Math.max(
          0,
          shares.findIndex((share) => share > 0),
        );
      made.push({ options, weights: shares, chosen });
      return chosen;
    },
  };
}

/**
 * Runs once for every possible sequence of choices, depth first, at most `limit` times.
 * `complete` is false when the limit cut the enumeration short.
 */
export function enumerateChoices<T>(
  run: (chooser: Chooser) => T,
  limit: number,
): { readonly results: readonly T[]; readonly complete: boolean } {
  const results: T[] = [];
  let script: readonly number[] | undefined = [];
  while (script !== undefined) {
    if (results.length >= limit) return { results, complete: false };
    const chooser = scriptedChooser(script);
    results.push(run(chooser));
    script = nextScript(chooser);
  }
  return { results, complete: true };
}

/** The next sequence: advance the last choice that still has a possible alternative. */
function nextScript({ made }: ScriptedChooser): readonly number[] | undefined {
  for (let i = made.length - 1; i >= 0; i--) {
    const choice = made[i];
    if (choice === undefined) continue;
    const next = choice.weights.findIndex((weight, option) => option > choice.chosen && weight > 0);
    if (next >= 0) return [...made.slice(0, i).map((m) => m.chosen), next];
  }
  return undefined;
}
