/** Policies protect what has a proxy: the namespace gets the label that brings sidecars. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import type { Drawing } from '../intentions/intention.ts';
import { setInjection } from '../intentions/setInjection.ts';
import type { Fix } from './fix.ts';

export function injectionFix(drawing: Drawing, { params }: Diagnostic): Fix[] {
  const namespace = String(params['namespace'] ?? '');
  const outcome = setInjection(drawing, { kind: 'set-injection', namespace, injection: true });
  return outcome.ok ? [{ code: 'enable-injection', params: { namespace }, edits: outcome.value.edits }] : [];
}
