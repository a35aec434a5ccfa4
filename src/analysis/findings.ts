/** What the text says that can only be a mistake, or is easily not what was meant: findings about the whole mesh. */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { Mesh } from '../mesh/types.ts';
import { missingReferences } from './missingReferences.ts';
import { portProtocols } from './portProtocols.ts';
import { unprotected } from './unprotected.ts';

export const findings = (mesh: Mesh): readonly Diagnostic[] => [
  ...missingReferences(mesh),
  ...unprotected(mesh),
  ...portProtocols(mesh),
];
