/**
 * What the simulator does with a field: it is modelled, it is left out because it changes no
 * verdict (`ignored`), or it would change one and is not modelled (`unmodelled`: a verdict that
 * depends on it says "cannot tell"). Reasons are codes; their sentences live in i18n.
 */
import type { IgnoredReason, UnmodelledReason } from '../../base/diagnostics/fieldReasons.ts';

export type Mark =
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason }
  | {
      readonly kind: 'unmodelled';
      readonly reason: UnmodelledReason;
      /** Only some values would change a verdict. */
      readonly when?: { readonly text: string; readonly test: (value: unknown) => boolean };
    };
