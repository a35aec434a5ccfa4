/** One call that ends differently: before and after as marks, the reason as a sentence. */
import { verdictSentence } from '../../i18n/render/verdict.ts';
import type { Call } from '../../trace/call.ts';
import { decidingStep } from '../../trace/deciding.ts';
import type { Trace } from '../../trace/trace.ts';
import { useTranslator } from '../shared/context.tsx';
import { VerdictMark } from '../shared/VerdictMark.tsx';

/** What a call asks for, short. */
const targetOf = ({ request }: Call): string =>
  request.kind === 'http'
    ? request.url.replace(/^http:\/\//, '').replace(/\/$/, '')
    : `${request.host}:${request.port}`;

export function CallChange({ call, before, after }: { call: Call; before?: Trace; after: Trace }) {
  const translator = useTranslator('certificates');
  const { t } = translator;
  const word = ({ disposition }: Trace): string => t(`verdict.word.${disposition.kind}`);
  return (
    <div className="pki-change">
      <span className="mono pki-call">{call.name ?? `${call.from} → ${targetOf(call)}`}</span>
      <span className="pki-marks">
        {before !== undefined && (
          <>
            <VerdictMark kind={before.disposition.kind} size={16} />
            <span>{word(before)}</span>
            <span aria-hidden="true">→</span>
            <span className="visually-hidden">{t('certificates.breaks.becomes')}</span>
          </>
        )}
        <VerdictMark kind={after.disposition.kind} size={16} />
        <span>{word(after)}</span>
      </span>
      <span className="pki-why">{verdictSentence(translator, after, decidingStep(after))}</span>
    </div>
  );
}
