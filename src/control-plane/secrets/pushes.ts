/**
 * What istiod (or the agent) pushes to running proxies when the mesh changes: secrets as the proxies
 * held them before, and as they are answered now, give one event for each difference. A running
 * proxy keeps what it last loaded: a Secret that is deleted or spoilt changes nothing until the
 * proxy starts anew, and the hold says so.
 *
 * Upstream authority: istio pilot/pkg/xds/sds.go sdsNeedsPush, Generate (what is missing is left
 * out of the answer); Envoy source/common/secret/sds_api.cc (a new value swaps the TLS context of
 * new connections; a refused one leaves the old).
 */
import type { WorkloadId } from '../../base/ids.ts';
import type { Reason } from '../../trace/step.ts';
import type { Secret } from '../envoy/proxyConfig.ts';
import { isFromIstiod } from './names.ts';

/** What one running proxy has under one name. */
export interface SecretHold {
  readonly proxy: WorkloadId;
  readonly name: string;
  readonly answer: 'delivered' | 'missing' | 'refused' | 'unknown';
  /** What it uses: of an earlier answer where the last one brought nothing. Absent: it never had any. */
  readonly loaded?: LoadedSecret;
}

export interface LoadedSecret {
  /** Hex, as certificates print it: the leaf's, or those of the trust anchors. */
  readonly serials: readonly string[];
  /** Differs when anything of it differs. */
  readonly digest: string;
}

export interface SecretPush {
  readonly proxy: WorkloadId;
  readonly name: string;
  readonly servedBy: 'istiod' | 'istio-agent';
  readonly kind:
    | 'supplied'
    | 'replaced'
    /** Asked for, and nobody answers. */
    | 'waiting'
    /** There is no longer an answer; the proxy goes on with what it has. */
    | 'withdrawn'
    /** The proxy cannot load it. */
    | 'refused'
    /** Nothing of the proxy asks for it any more. */
    | 'released';
  readonly before?: LoadedSecret;
  readonly now?: LoadedSecret;
  readonly why?: Reason;
}

export interface Pushed {
  readonly holds: readonly SecretHold[];
  readonly pushes: readonly SecretPush[];
}

/** @param before Of the proxies as they have run so far; those that are new start with nothing. */
export function secretPushes(
  before: readonly SecretHold[],
  proxies: Iterable<readonly [WorkloadId, ReadonlyMap<string, Secret>]>,
): Pushed {
  const earlier = new Map(before.map((hold) => [keyOf(hold), hold]));
  const holds: SecretHold[] = [];
  const pushes: SecretPush[] = [];
  const running = new Set<WorkloadId>();
  for (const [proxy, secrets] of proxies) {
    running.add(proxy);
    for (const [name, secret] of secrets) {
      const last = earlier.get(keyOf({ proxy, name }));
      earlier.delete(keyOf({ proxy, name }));
      const { hold, kind, why } = answered(proxy, name, secret, last);
      holds.push(hold);
      if (kind === undefined) continue;
      const old = last?.loaded;
      const isNew = kind === 'supplied' || kind === 'replaced';
      pushes.push({
        ...eventOf(proxy, name, kind),
        ...(old === undefined ? {} : { before: old }),
        ...(isNew && hold.loaded !== undefined ? { now: hold.loaded } : {}),
        ...(why === undefined ? {} : { why }),
      });
    }
  }
  for (const { proxy, name, loaded } of earlier.values()) {
    if (!running.has(proxy)) continue;
    pushes.push({ ...eventOf(proxy, name, 'released'), ...(loaded === undefined ? {} : { before: loaded }) });
  }
  return { holds, pushes };
}

interface Answered {
  readonly hold: SecretHold;
  /** Absent: nothing happened. */
  readonly kind?: SecretPush['kind'];
  readonly why?: Reason;
}

function answered(proxy: WorkloadId, name: string, secret: Secret, last: SecretHold | undefined): Answered {
  const keep = last?.loaded === undefined ? {} : { loaded: last.loaded };
  switch (secret.kind) {
    case 'certificate':
    case 'trust-bundle': {
      const loaded = loadedOf(secret);
      const hold: SecretHold = { proxy, name, answer: 'delivered', loaded };
      if (last?.loaded === undefined) return { hold, kind: 'supplied' };
      return last.loaded.digest === loaded.digest ? { hold } : { hold, kind: 'replaced' };
    }
    case 'system-trust':
    case 'unknown':
      return { hold: { proxy, name, answer: 'unknown', ...keep } };
    case 'missing': {
      const hold: SecretHold = { proxy, name, answer: 'missing', ...keep };
      if (last?.answer === 'missing') return { hold };
      // An answer that is refused for another secret takes nothing from a proxy that runs.
      if (last?.loaded !== undefined && secret.why.code === 'sds-response-refused') return { hold: last };
      return { hold, kind: last?.loaded === undefined ? 'waiting' : 'withdrawn', why: secret.why };
    }
    case 'unloadable': {
      const hold: SecretHold = { proxy, name, answer: 'refused', ...keep };
      return last?.answer === 'refused' ? { hold } : { hold, kind: 'refused', why: secret.why };
    }
  }
}

function loadedOf(secret: Extract<Secret, { readonly kind: 'certificate' | 'trust-bundle' }>): LoadedSecret {
  if (secret.kind === 'certificate') {
    const [leaf] = secret.chain;
    return {
      serials: leaf === undefined ? [] : [leaf.serial.toString(16)],
      digest: secret.chain.map(({ fingerprint }) => fingerprint).join(),
    };
  }
  const { anchors, crls = [] } = secret;
  return {
    serials: anchors.map(({ serial }) => serial.toString(16)),
    digest: [...anchors, ...(crls ?? [])].map(({ fingerprint }) => fingerprint).join(),
  };
}

const keyOf = ({ proxy, name }: Pick<SecretHold, 'proxy' | 'name'>): string => `${proxy} ${name}`;

const eventOf = (
  proxy: WorkloadId,
  name: string,
  kind: SecretPush['kind'],
): Pick<SecretPush, 'proxy' | 'name' | 'servedBy' | 'kind'> => ({
  proxy,
  name,
  servedBy: isFromIstiod(name) ? 'istiod' : 'istio-agent',
  kind,
});
