/**
 * The verdict as a sentence that names who decided and why. Takes the trace and the step that
 * decided it; says nothing that is not in them.
 */
import { resourceIdParts } from '../../base/ids.ts';
import { decidingResource } from '../../trace/deciding.ts';
import type { FilterChainStep, JwtStep, RbacStep, Step } from '../../trace/step.ts';
import type { CertificateCheck, TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { Hop, Trace } from '../../trace/trace.ts';
import type { Translator } from '../i18n.ts';
import { answerWhy, missingSecret } from './answerWhy.ts';
import { partyPlace, resourceText } from './names.ts';
import { cannotTellText, reasonText } from './reason.ts';
import { stepLine } from './step.ts';

export interface Decided {
  readonly hop: Hop;
  readonly step: Step;
}

export function verdictSentence(translator: Translator, trace: Trace, decided: Decided | undefined): string {
  const { t } = translator;
  const { disposition } = trace;
  switch (disposition.kind) {
    case 'served':
      return disposition.status === undefined || disposition.status === 0
        ? t('verdict.servedTcp', { workload: disposition.by })
        : t('verdict.served', { workload: disposition.by, status: disposition.status });
    case 'answered': {
      const hop = decided?.hop ?? trace.hops.find(({ id }) => id === disposition.hop);
      const details = decided?.step.kind === 'responded' ? decided.step.details : undefined;
      return t('verdict.answered', {
        place: place(translator, hop),
        status: disposition.status,
        why: (hop && answerWhy(translator, hop)) ?? details ?? '-',
      });
    }
    case 'refused':
      return decided === undefined
        ? t('verdict.refusedByOutside', { why: t('verdict.why.unspecified') })
        : refusal(translator, decided);
    case 'failed':
      return failure(translator, trace, decided);
    case 'cannot-tell': {
      // Two proxies that cannot tell for one reason have one.
      const reasons = new Set(disposition.reasons.map((reason) => cannotTellText(translator, reason)));
      const why = [...reasons].join(' ');
      return t('verdict.cannotTell', { why: why === '' ? t('verdict.why.unspecified') : why });
    }
  }
}

function refusal(translator: Translator, { hop, step }: Decided): string {
  const { t } = translator;
  const why = refusalWhy(translator, step);
  if (hop.party.kind === 'client') {
    return hop.party.workload === undefined
      ? t('verdict.refusedByOutside', { why })
      : t('verdict.refusedByCaller', { workload: hop.party.workload, why });
  }
  const origin = decidingResource(step);
  return origin === undefined
    ? t('verdict.refusedAtNoResource', { place: place(translator, hop), why })
    : t('verdict.refusedAt', { place: place(translator, hop), resource: resourceText(origin.resource), why });
}

function refusalWhy(translator: Translator, step: Step): string {
  const { t } = translator;
  switch (step.kind) {
    case 'filter-chain-matched':
      return filterChainWhy(translator, step);
    case 'tls-handshake':
      return tlsWhy(translator, step);
    case 'rbac-check':
      return rbacWhy(translator, step);
    case 'jwt-check':
      return jwtWhy(translator, step);
    case 'ext-authz':
      return t(step.result === 'error' ? 'verdict.why.external-authorizer-error' : 'verdict.why.external-authorizer', {
        provider: step.provider,
      });
    case 'connection-ended':
      return reasonText(translator, step.reason);
    default:
      return t('verdict.why.unspecified');
  }
}

function filterChainWhy({ t }: Translator, { seen, origins, rejected }: FilterChainStep): string {
  const byPeerAuthentication = origins.some(({ resource }) => resourceIdParts(resource).kind === 'PeerAuthentication');
  if (seen.transportProtocol === 'raw_buffer' && byPeerAuthentication) return t('verdict.why.plain-text');
  if (rejected.length > 0 && rejected.every(({ reason }) => reason.code === 'server-name-differs')) {
    const names = [...new Set(rejected.map(({ reason }) => reason.params.wanted))].slice(0, NAMES_TOLD).join(', ');
    if (seen.transportProtocol === 'raw_buffer') return t('verdict.why.only-tls', { port: seen.destinationPort });
    return seen.serverName === undefined
      ? t('verdict.why.no-server-name', { names })
      : t('verdict.why.unknown-server-name', { serverName: seen.serverName, names });
  }
  const port = seen.destinationPort;
  const what =
    seen.transportProtocol === 'raw_buffer'
      ? t('verdict.seen.plain', { port })
      : seen.serverName === undefined
        ? t('verdict.seen.tlsNoName', { port })
        : t('verdict.seen.tls', { port, serverName: seen.serverName });
  return t('verdict.why.no-filter-chain', { seen: what });
}

/** A gateway can have hundreds of servers. */
const NAMES_TOLD = 5;

function tlsWhy({ t }: Translator, { checks, result }: TlsHandshakeStep): string {
  const failed: CertificateCheck | undefined = checks.find(({ passed }) => !passed);
  if (failed === undefined) {
    return result.kind === 'broken' ? t(`verdict.broken.${result.reason}`) : t('verdict.why.tls-parameters');
  }
  if (failed.check === 'presented' && failed.by === 'server') return t('verdict.why.no-client-certificate');
  const check = t(`verdict.failedCheck.${failed.check}`);
  const whose = t(`verdict.whose.${failed.by === 'client' ? 'server' : 'client'}`);
  if (failed.wanted !== undefined && failed.saw !== undefined) {
    return t('verdict.why.certificate-check', { whose, check, wanted: failed.wanted, saw: failed.saw });
  }
  return failed.text === undefined
    ? t('verdict.why.certificate-check-bare', { whose, check })
    : t('verdict.why.certificate-check-text', { whose, check, text: failed.text });
}

function rbacWhy({ t }: Translator, { phase, rules, matchedPolicy }: RbacStep): string {
  if (phase !== 'allow') {
    const matched = rules.find((rule) => rule.matched);
    return t('verdict.why.deny-rule', { rule: ruleName(t, matched?.policyId ?? matchedPolicy ?? '') });
  }
  if (rules.length === 0) return t('verdict.why.nothing-allowed');
  // The rule that was nearest to matching says most.
  const [near] = rules.filter(({ failed }) => failed.length > 0).sort((a, b) => a.failed.length - b.failed.length);
  const field = near?.failed[0];
  if (near === undefined || field === undefined) return t('verdict.why.no-allow-rule');
  return t(field.negated ? 'verdict.why.no-allow-rule-forbids' : 'verdict.why.no-allow-rule-first', {
    rule: ruleName(t, near.policyId),
    field: field.field,
    wanted: field.wanted.join(' | '),
    saw: field.saw === undefined || field.saw === '' ? t('verdict.empty') : field.saw,
  });
}

/** `ns[foo]-policy[bar]-rule[0]` is rule 1 to people. */
function ruleName(t: Translator['t'], policyId: string): string {
  const index = /-rule\[(\d+)\]/.exec(policyId)?.[1];
  return t('verdict.ruleNumber', { number: index === undefined ? 1 : Number(index) + 1 });
}

function jwtWhy({ t }: Translator, { checks, message, status }: JwtStep): string {
  const failed = checks.find(({ passed }) => !passed);
  if (failed?.wanted !== undefined) {
    const saw = failed.saw === undefined || failed.saw === '' ? t('verdict.empty') : failed.saw;
    return t('verdict.why.authentication-check', { check: failed.check, wanted: failed.wanted, saw });
  }
  return t('verdict.why.authentication', { message: message ?? failed?.check ?? String(status ?? '') });
}

function failure(translator: Translator, trace: Trace, decided: Decided | undefined): string {
  const { t } = translator;
  const why =
    decided === undefined || isFileProblem(trace)
      ? nothingSent(translator, trace)
      : (decided.step.kind === 'connection-ended' || decided.step.kind === 'secret') &&
          decided.step.reason !== undefined
        ? `${stepLine(translator, decided.step)}: ${reasonText(translator, decided.step.reason)}`
        : lineWithWhy(translator, decided);
  const hop = decided?.hop ?? trace.hops[0];
  return hop === undefined || hop.party.kind === 'client'
    ? t('verdict.failedByCaller', { why })
    : t('verdict.failedAt', { place: place(translator, hop), why });
}

/** curl cannot use a file that it was given for TLS: it has connected, and says nothing. */
const isFileProblem = ({ outcome }: Pick<Trace, 'outcome'>): boolean =>
  outcome.kind === 'http' && (outcome.curlExit === 58 || outcome.curlExit === 77);

/** curl itself gave up before anything was sent, over the URL for one. */
function nothingSent({ t }: Translator, { hops, outcome }: Trace): string {
  const sent = hops.length > 1 && !isFileProblem({ outcome });
  return !sent && outcome.kind === 'http' && outcome.error !== undefined
    ? t('verdict.why.nothing-sent', { message: outcome.error })
    : t('verdict.why.unspecified');
}

/** A step in one line, and what it comes down to: a secret, a cluster, a listener that the proxy refuses. */
function lineWithWhy(translator: Translator, { hop, step }: Decided): string {
  if (step.kind === 'tls-handshake') {
    const without = step.result.kind === 'broken' && step.result.reason === 'no-secret';
    return (without ? missingSecret(translator, hop) : undefined) ?? tlsWhy(translator, step);
  }
  if (step.kind === 'responded' && step.local) {
    return [stepLine(translator, step), answerWhy(translator, hop) ?? step.details].filter(Boolean).join(': ');
  }
  const [refused] = step.kind === 'listener-matched' ? step.rejected : [];
  const line = stepLine(translator, step);
  return refused === undefined ? line : `${line}: ${refused.name}, ${reasonText(translator, refused.reason)}`;
}

/** A party as a sentence names it: `the inbound sidecar of demo/frontend`. */
function place(translator: Translator, hop: Hop | undefined): string {
  if (hop === undefined) return '–';
  const { party } = hop;
  const role = party.kind === 'proxy' ? party.role : party.kind;
  return translator.t(`verdict.place.${role}`, { workload: partyPlace(translator, party) });
}
