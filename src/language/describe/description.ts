/** What hovering tells: the field, and what it means in this mesh. Plain data; i18n has the words. */
import type { FieldAbout } from '../fields/field.ts';
import type { ReferenceKind } from '../references/reference.ts';

export interface Description {
  /** What it is about, in the file. */
  readonly start: number;
  readonly end: number;
  readonly about?: FieldAbout;
  /** Of a value that the schema or convention lists: `key=VALUE`. */
  readonly valueKey?: string;
  readonly meanings: readonly Meaning[];
}

/** The first few of a list, and how many there are. */
export interface Some {
  readonly names: readonly string[];
  readonly count: number;
}

export type Meaning =
  /** `what` of each thing that the value names. */
  | { readonly kind: 'names'; readonly what: Some }
  | { readonly kind: 'names-nothing'; readonly reference: ReferenceKind; readonly namespace: string }
  | {
      readonly kind: 'host';
      readonly hostname: string;
      readonly ports: readonly string[];
      /** `workload address:port`. */
      readonly endpoints: Some;
    }
  | { readonly kind: 'selects'; readonly workloads: Some; readonly withoutProxy: Some }
  /** Workloads for which this PeerAuthentication decides; the others have a nearer one. */
  | { readonly kind: 'decides-mtls'; readonly workloads: Some }
  | { readonly kind: 'certificates'; readonly certificates: readonly CertificateFacts[] }
  | { readonly kind: 'certificate-unreadable' }
  | { readonly kind: 'key-set'; readonly keys: readonly { readonly id: string; readonly type: string }[] };

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  /** At the mesh's clock. */
  readonly validity: 'valid' | 'expired' | 'not-yet-valid';
  readonly ca: boolean;
}

const FEW = 6;

export const some = (names: readonly string[]): Some => ({ names: names.slice(0, FEW), count: names.length });
