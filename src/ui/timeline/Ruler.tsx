/** Milliseconds over the lanes, and what they are: a model, with the waits of the configuration as they are. */
import { useTranslator } from '../shared/context.tsx';
import { percent, type Scale } from './scale.ts';
import './ruler.css';

export function Ruler({ scale }: { scale: Scale }) {
  const { t, language } = useTranslator();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return (
    <div className="ruler">
      <p className="ruler-note" title={t('playback.modelHint')}>
        {t('playback.model')}
        {scale.waited > 0 && ` ${t('playback.waited', { ms: number.format(scale.waited) })}`}
      </p>
      <div className="ruler-track" aria-hidden="true">
        {scale.ticks.map(({ ms, share }) => (
          <span key={ms} className="ruler-tick" style={{ left: percent(share) }}>
            {number.format(ms)}
          </span>
        ))}
      </div>
    </div>
  );
}
