/**
 * A handshake in the six steps of a first lesson: the call, the server's certificate, the client's
 * check of it, the client's certificate, the server's check of it, and what goes on through the
 * tunnel. Derived from the decided handshake and the hop behind it; steps that were not reached say so.
 */
import type { CertificateCheck, TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { Hop } from '../../trace/trace.ts';

export type HandshakeStepId =
  | 'request'
  | 'server-presents'
  | 'client-verifies'
  | 'client-presents'
  | 'client-presents-nothing'
  | 'server-verifies'
  | 'forwarded';

export interface HandshakeStepView {
  readonly id: HandshakeStepId;
  /** `skipped`: this connection does without (no client certificate is asked for). */
  readonly state: 'done' | 'failed' | 'not-reached' | 'skipped';
  /** The check that failed, where one did. */
  readonly check?: CertificateCheck;
}

export function handshakeSteps(handshake: TlsHandshakeStep, server: Hop | undefined): HandshakeStepView[] {
  const { client, server: offered, checks, result } = handshake;
  const failed = checks.find(({ passed }) => !passed);
  const begun = result.kind !== 'broken';
  const agreed = begun && handshake.negotiated !== undefined;
  const serverShown = agreed && offered.certificateChain.length > 0;
  const clientChecked = serverShown && failed?.by !== 'client';
  const asked = offered.clientCertificate !== 'not-requested';
  const sent = client.certificateChain.length > 0;
  const missing = failed?.by === 'server' && failed.check === 'presented';
  const serverChecked = clientChecked && failed?.by !== 'server';
  const established = result.kind === 'established';
  const forwards =
    established && server?.steps.some(({ kind }) => kind === 'forwarded' || kind === 'responded') === true;

  const reached = (before: boolean, ok: boolean): HandshakeStepView['state'] =>
    !before ? 'not-reached' : ok ? 'done' : 'failed';
  const own = (by: 'client' | 'server'): { readonly check?: CertificateCheck } =>
    failed?.by === by && !missing ? { check: failed } : {};
  return [
    { id: 'request', state: 'done' },
    { id: 'server-presents', state: serverShown ? 'done' : 'failed' },
    { id: 'client-verifies', state: reached(serverShown, clientChecked), ...own('client') },
    {
      id: missing ? 'client-presents-nothing' : 'client-presents',
      state: !asked ? 'skipped' : !clientChecked ? 'not-reached' : missing ? 'failed' : sent ? 'done' : 'skipped',
      ...(missing ? { check: failed } : {}),
    },
    {
      id: 'server-verifies',
      state:
        !asked || (clientChecked && !sent && !missing) ? 'skipped' : reached(clientChecked && !missing, serverChecked),
      ...own('server'),
    },
    { id: 'forwarded', state: reached(established, forwards || established) },
  ];
}
