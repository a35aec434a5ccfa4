/**
 * Name constraints of every certificate above, applied to every certificate below (self-issued
 * intermediates are skipped), after signatures and validity. BoringSSL refuses a leaf without
 * alternative names whose common name looks like a DNS name; OpenSSL applies the constraint to that
 * name. check_name_constraints of both.
 */
import type { PathProfile } from '../pathTypes.ts';
import type { Certificate, GeneralName, NameConstraints } from '../types.ts';
import { COMMON_NAME, EMAIL_ATTRIBUTE } from '../x509/oids.ts';
import type { Phase } from './context.ts';
import { ERR } from './errors.ts';
import { type ConstraintMode, matchConstraint } from './matchNameConstraint.ts';

const IA5_STRING = 0x16;

const namesOf =
  (profile: PathProfile): Phase =>
  (context) => {
    const { chain, steps } = context;
    let constrained: Certificate | undefined;
    for (let depth = chain.length - 1; depth >= 0; depth--) {
      const certificate = chain[depth];
      if (certificate === undefined || (depth > 0 && certificate.selfIssued)) continue;
      for (let above = chain.length - 1; above > depth; above--) {
        const constrainedBy = chain[above];
        if (constrainedBy?.nameConstraints === undefined) continue;
        constrained = constrainedBy;
        const broken = breaks(certificate, constrainedBy.nameConstraints, profile, depth === 0);
        const problem =
          broken?.number === ERR.permittedViolation
            ? 'not-permitted'
            : broken?.number === ERR.excludedViolation
              ? 'excluded'
              : 'unsupported';
        steps.push({
          kind: 'name-constraints',
          depth,
          certificate,
          constrainedBy,
          ok: broken === undefined,
          ...(broken && { name: broken.name, problem }),
        });
        if (broken !== undefined) return { number: broken.number, depth };
      }
    }
    const [leaf] = chain;
    if (
      profile === 'boringssl' &&
      constrained !== undefined &&
      leaf !== undefined &&
      leaf.subjectAltNames === undefined
    ) {
      const name = commonNames(leaf).find(looksLikeDnsName);
      if (name !== undefined) {
        steps.push({
          kind: 'name-constraints',
          depth: 0,
          certificate: leaf,
          constrainedBy: constrained,
          ok: false,
          name,
          problem: 'common-name-without-san',
        });
        return { number: ERR.nameConstraintsWithoutSans, depth: 0 };
      }
    }
    return undefined;
  };

export const checkBoringsslNameConstraints: Phase = namesOf('boringssl');
export const checkOpensslNameConstraints: Phase = namesOf('openssl');

interface Broken {
  readonly number: number;
  readonly name: string;
}

function breaks(
  certificate: Certificate,
  constraints: NameConstraints,
  profile: PathProfile,
  isLeaf: boolean,
): Broken | undefined {
  const { subject } = certificate;
  if (subject.rdns.length > 0) {
    const directory: GeneralName = { kind: 'directory', value: subject.text, name: subject };
    const broken = test(directory, constraints, profile, false);
    if (broken !== undefined) return broken;
    for (const attribute of subject.rdns.flat()) {
      if (attribute.oid !== EMAIL_ATTRIBUTE) continue;
      if (attribute.tag !== IA5_STRING) return { number: ERR.unsupportedNameSyntax, name: attribute.value };
      const brokenEmail = test({ kind: 'email', value: attribute.value }, constraints, profile, true);
      if (brokenEmail !== undefined) return brokenEmail;
    }
  }
  for (const name of certificate.subjectAltNames ?? []) {
    const broken = test(name, constraints, profile, false);
    if (broken !== undefined) return broken;
  }
  if (profile === 'openssl' && isLeaf && !certificate.subjectAltNames?.some((name) => name.kind === 'dns'))
    for (const value of commonNames(certificate).filter(isOpensslDnsId)) {
      const broken = test({ kind: 'dns', value }, constraints, profile, false);
      if (broken !== undefined) return broken;
    }
  return undefined;
}

function test(
  name: GeneralName,
  constraints: NameConstraints,
  profile: PathProfile,
  fromSubject: boolean,
): Broken | undefined {
  const same = (list: NameConstraints['permitted']): NameConstraints['permitted'] =>
    list.filter((subtree) => subtree.base.kind === name.kind);
  const fail = (number: number): Broken => ({ number, name: name.value });
  let permitted: boolean | undefined;
  for (const subtree of same(constraints.permitted)) {
    if (subtree.hasDistance) return fail(ERR.subtreeMinMax);
    if (permitted === true) continue;
    const mode: ConstraintMode = { profile, excluding: false, foldLocalPart: false };
    const result = matchConstraint(name, subtree.base, mode);
    if (result !== 0 && result !== ERR.permittedViolation) return fail(result);
    permitted = result === 0;
  }
  if (permitted === false) return fail(ERR.permittedViolation);
  for (const subtree of same(constraints.excluded)) {
    if (subtree.hasDistance) return fail(ERR.subtreeMinMax);
    const mode: ConstraintMode = { profile, excluding: true, foldLocalPart: fromSubject };
    const result = matchConstraint(name, subtree.base, mode);
    if (result === 0) return fail(ERR.excludedViolation);
    if (result !== ERR.permittedViolation) return fail(result);
  }
  return undefined;
}

const commonNames = (certificate: Certificate): readonly string[] =>
  certificate.subject.rdns
    .flat()
    .filter((attribute) => attribute.oid === COMMON_NAME)
    .map((attribute) => attribute.value);

/** x509v3_looks_like_dns_name: non-empty labels of host characters, an optional wildcard in front. */
const looksLikeDnsName = (text: string): boolean =>
  /^(\*\.)?[A-Za-z0-9_:][A-Za-z0-9_:-]*(\.[A-Za-z0-9_:][A-Za-z0-9_:-]*)*\.?$/.test(text);

/** OpenSSL's cn2dnsid: at least two labels, no wildcard, no hyphen at an end of a label. */
const isOpensslDnsId = (text: string): boolean =>
  /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)+$/.test(text);
