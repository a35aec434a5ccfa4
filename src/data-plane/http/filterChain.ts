/**
 * The HTTP filters of a connection manager, run in order over one request: each may change it, let
 * it go on or answer. Ends at the router. Output: what answered, and what the log has to say.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { HttpConnectionManager } from '../../control-plane/envoy/http.ts';
import type { CannotTell, Refuser } from '../../trace/trace.ts';
import { clockSkewOf } from '../clockSkew.ts';
import { runHttpExtAuthz } from '../filters/extAuthz.ts';
import type { FilterContext, FilterResult, FilterState, LocalReply } from '../filters/filter.ts';
import { runJwtAuthn } from '../filters/jwtAuthn.ts';
import { runHttpRbac } from '../filters/rbac.ts';
import type { Accepted } from '../proxy/accepted.ts';
import { type Routed, routeRequest } from '../router/router.ts';
import { sendToCluster } from '../router/sendToCluster.ts';
import type { UpstreamFacts } from '../router/upstreamRequest.ts';
import type { Cause, HttpResponse } from '../wire.ts';
import { corsFilter } from './cors.ts';
import { faultFilter } from './fault.ts';
import { resolveRoute } from './routeResolution.ts';

export type Served =
  | {
      readonly kind: 'response';
      readonly response: HttpResponse;
      readonly facts: UpstreamFacts;
      readonly routed: Routed;
    }
  | {
      readonly kind: 'local';
      readonly reply: LocalReply;
      readonly facts: UpstreamFacts;
      readonly cause: Cause;
      readonly routed: Routed;
    }
  | { readonly kind: 'silence'; readonly facts: UpstreamFacts; readonly routed: Routed }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

const NO_FACTS: UpstreamFacts = { flags: [] };

export function runFilters(accepted: Accepted, hcm: HttpConnectionManager, state: FilterState): Served {
  const { hop, config, workload, run } = accepted;
  const context: FilterContext = {
    config,
    workload,
    now: run.env.mesh.now + clockSkewOf(run.env.mesh, workload),
    record: hop.step,
    sendToCluster: (cluster, request) => sendToCluster(accepted, cluster, request),
  };
  let resolved = resolveRoute(accepted, hcm, { request: state.request });
  let alpnFilter = false;
  const flags: string[] = [];
  for (const filter of hcm.httpFilters) {
    const routed: Routed = resolved.kind === 'routed' ? resolved.routed : { redirectToTls: false };
    if (routed.route === undefined) delete state.route;
    else state.route = routed.route;
    const refuse = (result: FilterResult, by: Refuser): Served | undefined => {
      if (result.kind === 'continue') return undefined;
      if (result.kind === 'cannot-tell') return result;
      return { kind: 'local', reply: result, facts: { flags }, cause: { kind: 'refused', hop: hop.id, by }, routed };
    };
    let ended: Served | undefined;
    switch (filter.kind) {
      case 'rbac':
        ended = refuse(runHttpRbac(filter.rbac, state, context), 'authorization');
        break;
      case 'jwt-authn': {
        ended = refuse(runJwtAuthn(filter.jwt, state, context), 'authentication');
        if (ended === undefined && filter.jwt.clearRouteCache && state.jwtPayload !== undefined) {
          resolved = resolveRoute(accepted, hcm, { request: state.request, claims: state.jwtPayload });
        }
        break;
      }
      case 'ext-authz':
        // Its enablement is a matter of the route's metadata: without a route it does not run.
        if (routed.route !== undefined) {
          ended = refuse(runHttpExtAuthz(filter.extAuthz, state, context), 'external-authorizer');
        }
        break;
      case 'fault': {
        const fault = faultFilter(accepted, routed.route?.fault);
        flags.push(...fault.flags);
        if (fault.abandoned) return { kind: 'silence', facts: { flags }, routed };
        if (fault.reply) {
          ended = {
            kind: 'local',
            reply: fault.reply,
            facts: { flags },
            cause: { kind: 'answered', hop: hop.id },
            routed,
          };
        }
        break;
      }
      case 'cors': {
        // The filter passes over routes that answer themselves.
        const policy = routed.route?.action.kind === 'forward' ? routed.route.cors : undefined;
        const cors = corsFilter(policy, state.request);
        for (const [name, value] of cors.responseHeaders) state.responseHeaders.push({ how: 'set', name, value });
        if (cors.acted) {
          hop.step({
            kind: 'filter-action',
            origins: policy ? [policy.origin] : [],
            filter: 'cors',
            action: { code: cors.acted, params: {} },
          });
        }
        if (cors.result.kind === 'local-reply') {
          ended = {
            kind: 'local',
            reply: cors.result,
            facts: NO_FACTS,
            cause: { kind: 'answered', hop: hop.id },
            routed,
          };
        }
        break;
      }
      case 'alpn':
        alpnFilter = true;
        break;
      case 'grpc-stats':
      case 'grpc-web':
        break;
      case 'router': {
        if (resolved.kind === 'cannot-tell') return resolved;
        const outcome = routeRequest(accepted, state.request, resolved.routed, alpnFilter);
        if (outcome.kind === 'cannot-tell') return outcome;
        return {
          ...outcome,
          facts: { ...outcome.facts, flags: [...flags, ...outcome.facts.flags] },
          routed: resolved.routed,
        };
      }
      default:
        assertNever(filter);
    }
    if (ended) return ended;
    if (resolved.kind === 'cannot-tell' && (filter.kind === 'fault' || filter.kind === 'cors')) return resolved;
  }
  return { kind: 'cannot-tell', why: { code: 'unmodelled-field', params: { field: 'router' } } };
}
