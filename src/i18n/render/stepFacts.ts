/** What a step knows beyond its one line: names and values, in the order they are worth reading. */

import type { RbacStep, Step } from '../../trace/step.ts';
import type { Translator } from '../i18n.ts';
import type { MessageKey } from '../messages/messages.ts';
import { listText } from './names.ts';
import { cannotTellText, reasonText } from './reason.ts';
import { clockText } from './step.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** A name of Envoy's or the API's, for the monospace face. */
  readonly code: boolean;
  /** For checks. */
  readonly passed?: boolean;
}

type FactName = Extract<MessageKey, `step.fact.${string}`> extends `step.fact.${infer Name}` ? Name : never;

export function stepFacts(translator: Translator, step: Step): readonly Fact[] {
  const { t } = translator;
  const facts: Fact[] = [];
  const none = t('step.fact.none');
  const add = (name: FactName, value: string | number | undefined, code = true): void => {
    if (value !== undefined && value !== '') facts.push({ label: t(`step.fact.${name}`), value: String(value), code });
  };
  const check = (label: string, value: string, passed: boolean): void => {
    facts.push({ label, value, code: true, passed });
  };

  switch (step.kind) {
    case 'capture':
      add('rule', translator.find(`step.captureRule.${step.rule}`) ?? step.rule, false);
      break;
    case 'listener-matched':
      add('address', step.address);
      break;
    case 'filter-chain-matched':
      add('destinationPort', step.seen.destinationPort);
      add('transport', step.seen.transportProtocol);
      add('serverName', step.seen.serverName ?? (step.seen.transportProtocol === 'tls' ? none : undefined));
      if (step.seen.applicationProtocols.length > 0) add('alpn', step.seen.applicationProtocols.join(', '));
      break;
    case 'tls-handshake':
      for (const { of, notAfter } of step.earlier?.ended ?? [])
        add(`${of}Ended`, t('step.nobodyLooks', { at: clockText(notAfter) }), false);
      add('version', step.negotiated && `TLS ${step.negotiated.version}`);
      add('cipherSuite', step.negotiated?.cipherSuite);
      add('serverName', step.client.sni ?? none);
      add('alpn', step.negotiated?.alpn);
      if (step.result.kind === 'refused') {
        add('alert', step.result.alert);
        add('clientSees', step.result.clientSees);
        add('serverSees', step.result.serverSees);
      } else if (step.result.kind === 'broken') {
        add('clientSees', step.result.clientSees);
      }
      break;
    case 'http-received':
      add('version', `HTTP/${step.version}`);
      add('peer', step.peer ?? none);
      if (step.normalizedPath !== step.path) add('normalizedPath', step.normalizedPath);
      break;
    case 'route-matched':
      add('routeConfiguration', step.routeConfiguration);
      add('virtualHost', step.virtualHost);
      break;
    case 'endpoint-selected':
      add('workload', step.workload);
      if (step.candidates.length > 1) add('candidates', step.candidates.join(', '));
      break;
    case 'transport-socket':
      add('why', reasonText(translator, step.reason), false);
      add('serverName', step.sni);
      add('alpn', step.alpn?.join(', '));
      break;
    case 'jwt-check':
      add('status', step.status);
      add('message', step.message);
      add('principal', step.principal);
      for (const { check: name, location, passed, wanted, saw } of step.checks) {
        check(`${name} (${location})`, compare(translator, wanted, saw), passed);
      }
      break;
    case 'rbac-check':
      addRbac(translator, step, add, check);
      break;
    case 'ext-authz':
      add('status', step.status);
      break;
    case 'secret':
      add('source', step.source);
      add('why', step.reason && reasonText(translator, step.reason), false);
      break;
    case 'forwarded':
      add('protocol', step.protocol.toUpperCase());
      break;
    case 'responded':
      add('details', step.details);
      add('flags', listText(step.flags, ''));
      break;
    case 'connection-ended':
      add('why', reasonText(translator, step.reason), false);
      break;
    case 'cannot-tell':
      add('why', cannotTellText(translator, step.why), false);
      break;
    default:
      break;
  }
  return facts;
}

function addRbac(
  translator: Translator,
  step: RbacStep,
  add: (name: FactName, value: string | undefined) => void,
  check: (label: string, value: string, passed: boolean) => void,
): void {
  add('policy', step.matchedPolicy);
  for (const rule of step.rules) {
    const first = rule.failed[0];
    const value =
      first === undefined ? '' : `${first.field}: ${compare(translator, first.wanted.join(' | '), first.saw)}`;
    check(rule.policyId, value, rule.matched);
  }
  if (step.shadow !== undefined) add('dryRun', `${step.shadow.decision} ${step.shadow.matchedPolicy ?? ''}`.trim());
}

function compare({ t }: Translator, wanted: string | undefined, saw: string | undefined): string {
  const parts = [
    ...(wanted === undefined ? [] : [`${t('step.fact.wanted')} ${wanted}`]),
    ...(saw === undefined ? [] : [`${t('step.fact.saw')} ${saw === '' ? t('verdict.empty') : saw}`]),
  ];
  return parts.join(', ');
}
