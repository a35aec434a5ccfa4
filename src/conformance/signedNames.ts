/** The names that certificates and tokens of a case carry inside: they cannot be renamed. */
import { altNames, parseCertificates } from '../engine.ts';
import type { CaseFile } from './caseFile.ts';

/** Names inside certificates and tokens, which cannot be made again. */
export function signedNames(file: CaseFile): string {
  const texts = [file.manifests, ...file.variants.map((variant) => variant.manifests ?? '')];
  const encoded = texts.flatMap((text) => text.match(/[A-Za-z0-9+/=]{200,}/g) ?? []);
  const pems = [
    ...encoded.map((text) => fromBase64(text)),
    ...texts,
    ...Object.values(file.pems ?? {}).map((pem) => pem.cert),
  ];
  const certificates = pems.flatMap((pem) => {
    const parsed = parseCertificates(pem);
    return parsed.ok ? parsed.value : [];
  });
  const names = certificates.flatMap((c) => [c.subject.text, ...altNames(c, 'dns'), ...altNames(c, 'uri')]);
  const claims = Object.values(file.tokens ?? {}).map((token) =>
    fromBase64((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')),
  );
  return [...names, ...claims].join(' ');
}

/** Latin-1 text of base64; '' when it is none. */
function fromBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}
