/** Whether a policy said no to the call, wherever on its way. */
import type { Trace } from '../../trace/trace.ts';
import { rbacRefusal } from './refusal.ts';

export const isRefused = (trace: Trace): boolean =>
  trace.disposition.kind === 'refused' || rbacRefusal(trace) !== undefined;
