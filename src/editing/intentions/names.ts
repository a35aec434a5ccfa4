/** Names as Kubernetes takes them: RFC 1123 labels, or whole DNS names for most kinds that run nothing. */
const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Kinds whose names become a part of a DNS name or of an identity. */
const LABEL_KINDS = new Set(['Namespace', 'Service']);

export const isName = (kind: string, name: string): boolean =>
  LABEL_KINDS.has(kind) ? LABEL.test(name) : SUBDOMAIN.test(name) && name.split('.').every((part) => LABEL.test(part));
