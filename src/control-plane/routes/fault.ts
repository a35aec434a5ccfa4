/**
 * `fault` of a rule -> Envoy's fault filter for that route. Without `percentage` an abort never
 * fires; a delay falls back to the old integer `percent`.
 *
 * Upstream authority: istio pilot/pkg/networking/core/route/route.go TranslateFault.
 */
import type { Origin } from '../../base/origin.ts';
import { parseDurationMs } from '../../mesh/duration.ts';
import type { HttpFaultInjection } from '../../resources/kinds/virtualService.ts';
import type { Fault } from '../envoy/http.ts';

/** Envoy counts in millionths: anything finer is cut off. */
const toPercent = (value: number | undefined): number => Math.trunc((value ?? 0) * 10_000) / 10_000;

export function translateFault(fault: HttpFaultInjection | undefined, origin: Origin): Fault | undefined {
  const delayMs = parseDurationMs(fault?.delay?.fixedDelay);
  const delay =
    fault?.delay === undefined || delayMs === undefined
      ? undefined
      : {
          percent: fault.delay.percentage ? toPercent(fault.delay.percentage.value) : (fault.delay.percent ?? 0),
          ms: delayMs,
        };
  const { httpStatus, grpcStatus, percentage } = fault?.abort ?? {};
  const percent = toPercent(percentage?.value);
  const abort =
    httpStatus !== undefined ? { percent, httpStatus } : grpcStatus !== undefined ? { percent, grpcStatus } : undefined;
  if (delay === undefined && abort === undefined) return undefined;
  return { ...(delay ? { delay } : {}), ...(abort ? { abort } : {}), origin };
}
