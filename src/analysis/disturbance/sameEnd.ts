/** Do two traces end alike for their caller? Serial numbers and hashes of certificates play no part. */
import type { ClientOutcome } from '../../trace/outcome.ts';
import type { Trace } from '../../trace/trace.ts';

export const endsAlike = (a: Trace, b: Trace): boolean => endOf(a) === endOf(b);

const endOf = ({ disposition, outcome }: Trace): string => JSON.stringify([disposition.kind, visible(outcome)]);

function visible(outcome: ClientOutcome): readonly unknown[] {
  switch (outcome.kind) {
    case 'http':
      return [outcome.status, outcome.curlExit, outcome.error, outcome.servedBy];
    case 'tcp':
      return [outcome.result.kind, outcome.servedBy];
    case 'unknown':
      return [];
  }
}
