/** Turns a draft into the Call the engine takes: names of certificates and tokens become their text. */
import type { WorkloadId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Call, ClientTlsOptions } from '../../trace/call.ts';
import type { CallDraft, World } from './workspace.ts';

/** What keeps a draft from being sent; the request bar says it at the field. */
export type DraftProblem =
  | { readonly kind: 'no-url' }
  | { readonly kind: 'bad-url'; readonly url: string }
  | { readonly kind: 'bad-tcp-target'; readonly target: string }
  /** Who would send it is not in the mesh. */
  | { readonly kind: 'unknown-caller'; readonly name: string }
  | { readonly kind: 'unknown-certificate'; readonly name: string }
  | { readonly kind: 'no-key'; readonly name: string }
  | { readonly kind: 'unknown-token'; readonly name: string };

export function toCall(draft: CallDraft, world: World, name?: string): Result<Call, DraftProblem> {
  const common = {
    ...(name === undefined ? {} : { name }),
    // The draft's `from` is `outside` or a workload id by construction.
    from: draft.from as 'outside' | WorkloadId,
    container: draft.container,
    ...(draft.connectTo === undefined || draft.connectTo === '' ? {} : { connectTo: draft.connectTo }),
    ...(draft.alongside === undefined ? {} : { alongside: draft.alongside }),
  };
  const typed = draft.url.trim();
  if (typed === '') return err({ kind: 'no-url' });
  if (draft.protocol === 'tcp') {
    const target = /^(?:tcp:\/\/)?(\[[^\]]+\]|[^:/\s]+):(\d{1,5})$/.exec(typed);
    const port = Number(target?.[2]);
    if (target === null || port < 1 || port > 65535) return err({ kind: 'bad-tcp-target', target: typed });
    return ok({ ...common, request: { kind: 'tcp', host: target[1] ?? '', port } });
  }
  // curl takes a URL without scheme for http.
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  if (!/^https?:\/\/[^/?#\s]+/i.test(url)) return err({ kind: 'bad-url', url: typed });

  const tls = tlsOptions(draft, world);
  if (!tls.ok) return tls;
  const headers = draft.headers.filter(([header]) => header.trim() !== '');
  if (draft.token !== undefined) {
    const token = world.tokens[draft.token];
    if (token === undefined) return err({ kind: 'unknown-token', name: draft.token });
    headers.push(['Authorization', `Bearer ${token}`]);
  }
  return ok({
    ...common,
    request: {
      kind: 'http',
      url,
      method: draft.method === '' ? 'GET' : draft.method,
      headers,
      httpVersion: draft.httpVersion,
      pathAsIs: draft.pathAsIs,
      tls: tls.value,
    },
  });
}

function tlsOptions(draft: CallDraft, world: World): Result<ClientTlsOptions, DraftProblem> {
  const bundle: string[] = [];
  for (const name of draft.cacert) {
    const pem = world.pems[name];
    if (pem === undefined) return err({ kind: 'unknown-certificate', name });
    bundle.push(pem.certificates);
  }
  let certificate: ClientTlsOptions['certificate'];
  if (draft.cert !== undefined) {
    const pem = world.pems[draft.cert];
    if (pem === undefined) return err({ kind: 'unknown-certificate', name: draft.cert });
    if (pem.key === undefined) return err({ kind: 'no-key', name: draft.cert });
    certificate = { chain: pem.certificates, key: pem.key };
  }
  return ok({
    insecure: draft.insecure,
    ...(bundle.length === 0 ? {} : { caCertificates: bundle.join('') }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(draft.tlsMin === undefined ? {} : { minVersion: draft.tlsMin }),
    ...(draft.tlsMax === undefined ? {} : { maxVersion: draft.tlsMax }),
  });
}
