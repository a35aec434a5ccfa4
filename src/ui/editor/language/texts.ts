/** What the language service's codes say in the language of the studio: Markdown for Monaco. */
import type { FieldTexts } from '../../../i18n/fields/index.ts';
import type { Translator } from '../../../i18n/i18n.ts';
import type { Completions, Description, FieldAbout, Meaning, Some } from '../../../worker/languageView.ts';
import { inCode, plain } from './markdown.ts';

export interface Texts {
  readonly translator: Translator<'code'>;
  readonly fields: FieldTexts;
}

/** A field: its sentence, its type, and whether it is simulated. */
export function aboutText({ translator, fields }: Texts, about: FieldAbout, valueKey?: string): string {
  const { t } = translator;
  const notes = [
    inCode(about.type),
    ...(about.required === true ? [plain(t('code.hover.required'))] : []),
    ...(about.oneOf === undefined ? [] : [plain(t('code.hover.oneOf', { fields: about.oneOf.join(', ') }))]),
  ];
  const sentence = fields[about.key];
  const value = valueKey === undefined ? undefined : fields[valueKey];
  return [
    ...(value === undefined ? [] : [plain(value)]),
    ...(sentence === undefined ? [] : [plain(sentence)]),
    `${notes.join(' · ')} · ${plain(statusText(translator, about))}`,
  ].join('\n\n');
}

export function statusText({ t, find }: Translator<'code'>, { status, reason = '', condition }: FieldAbout): string {
  const why = find(`code.fieldReason.${reason}`) ?? reason;
  if (status === 'simulated') return t('code.status.simulated');
  if (status === 'ignored') return t('code.status.ignored', { why });
  return condition === undefined
    ? t('code.status.unmodelled', { why })
    : t('code.status.unmodelledWhen', { condition, why });
}

/** Paragraphs of a hover: what it means here first, then what the field is. */
export function descriptionText(texts: Texts, { about, valueKey, meanings }: Description): string[] {
  return [
    ...meanings.flatMap((meaning) => meaningText(texts.translator, meaning)),
    ...(about === undefined ? [] : [aboutText(texts, about, valueKey)]),
  ];
}

function meaningText(translator: Translator<'code'>, meaning: Meaning): string[] {
  const { t } = translator;
  switch (meaning.kind) {
    case 'names':
      return [plain(t('code.hover.names', { names: list(translator, meaning.what) }))];
    case 'names-nothing':
      return [
        meaning.reference === 'extension-provider' || meaning.reference === 'gateway-secret'
          ? plain(t('code.hover.namesNothingAnywhere'))
          : plain(t('code.hover.namesNothing', { namespace: meaning.namespace })),
      ];
    case 'host':
      return [
        `**${plain(meaning.hostname)}**`,
        plain(t('code.hover.ports', { ports: meaning.ports.join(', ') })),
        plain(counted(translator, 'endpoints', 'endpointsNone', meaning.endpoints)),
      ];
    case 'selects':
      return [
        plain(counted(translator, 'selects', 'selectsNone', meaning.workloads)),
        ...(meaning.withoutProxy.count === 0
          ? []
          : [plain(t('code.hover.withoutProxy', { names: list(translator, meaning.withoutProxy) }))]),
      ];
    case 'decides-mtls':
      return [plain(counted(translator, 'decides', 'decidesNone', meaning.workloads))];
    case 'certificates':
      return meaning.certificates.map((certificate) => certificateText(translator, certificate));
    case 'certificate-unreadable':
      return [plain(t('code.hover.unreadable'))];
    case 'key-set': {
      const keys = meaning.keys.map(({ id, type }) => `${id} (${type})`).join(', ');
      return [plain(t('code.hover.keySet', { count: meaning.keys.length, keys }))];
    }
  }
}

function list({ t }: Translator<'code'>, { names, count }: Some): string {
  const more = count - names.length;
  return more > 0 ? `${names.join(', ')} ${t('code.hover.more', { count: more })}` : names.join(', ');
}

function counted(
  translator: Translator<'code'>,
  key: 'endpoints' | 'selects' | 'decides',
  none: 'endpointsNone' | 'selectsNone' | 'decidesNone',
  some: Some,
): string {
  if (some.count === 0) return translator.t(`code.hover.${none}`);
  return translator.t(`code.hover.${key}`, { count: some.count, names: list(translator, some) });
}

type Certificate = Extract<Meaning, { readonly kind: 'certificates' }>['certificates'][number];

function certificateText({ t }: Translator<'code'>, certificate: Certificate): string {
  const { subject, issuer, names, notBefore, notAfter, validity, ca } = certificate;
  const date = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const title = t('code.hover.certificate', { subject: subject === '' ? '–' : subject });
  return [
    `**${plain(title)}**${ca ? ` · ${t('code.hover.ca')}` : ''}`,
    plain(t('code.hover.issuer', { issuer })),
    ...(names.length === 0 ? [] : [plain(names.join(', '))]),
    plain(`${t('code.hover.validity', { from: date(notBefore), to: date(notAfter) })}: ${t(`code.hover.${validity}`)}`),
  ].join('  \n');
}

/** Completions as Monaco's list says them, beside their labels. */
export function completionTexts(
  texts: Texts,
  item: Completions['items'][number],
): { detail?: string; documentation?: string } {
  const { translator, fields } = texts;
  if (item.template !== undefined)
    return { detail: translator.find(`code.template.${item.template}`) ?? item.template };
  if (item.about !== undefined) return { detail: item.about.type, documentation: aboutText(texts, item.about) };
  const sentence = item.valueKey === undefined ? undefined : fields[item.valueKey];
  return {
    ...(item.what === undefined ? {} : { detail: item.what }),
    ...(sentence === undefined ? {} : { documentation: plain(sentence) }),
  };
}
