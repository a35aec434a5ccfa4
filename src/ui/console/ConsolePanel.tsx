/** The mesh as a command line: what is typed, what the real commands would print, and our remarks. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { sClientOutput } from '../../i18n/render/sClientOutput.ts';
import { completions } from '../../state/console/complete.ts';
import { runLine } from '../../state/console/runLine.ts';
import { isUnfinished } from '../../state/console/shell.ts';
import type { TerminalEntry, TerminalPart } from '../../state/console/terminal.ts';
import { certificateOf } from '../../state/selectors/select.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import './console.css';

const terminalOf = ({ terminal }: StudioState) => terminal;

export function ConsolePanel({ takesFocus }: { takesFocus: boolean }) {
  const { t } = useTranslator('console');
  const { entries } = useStudioState(terminalOf);
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is newest is in view
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [entries]);
  return (
    <div className="console">
      {/* A scrolling region can be reached by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <div className="console-log" role="log" aria-label={t('console.log')} tabIndex={0}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
        <div ref={end} />
      </div>
      <CommandLine takesFocus={takesFocus} />
    </div>
  );
}

function Entry({ entry }: { entry: TerminalEntry }) {
  const { t } = useTranslator('console');
  return (
    <div className="console-entry">
      <pre className="console-line">
        <span aria-hidden="true">$ </span>
        {entry.line}
      </pre>
      {entry.status === 'running' && <p className="muted">{t('console.running')}…</p>}
      {entry.parts.map((part, at) => (
        // Their order is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Part key={at} part={part} />
      ))}
    </div>
  );
}

function Part({ part }: { part: TerminalPart }) {
  const { t } = useTranslator('console');
  switch (part.kind) {
    case 'stdout':
    case 'stderr':
      return <pre data-stream={part.kind}>{part.text.replace(/\n$/, '')}</pre>;
    case 'remark':
      return <p className="console-remark">{t(`console.remark.${part.remark.code}`, part.remark.params)}</p>;
    case 'handshake': {
      const { answer, address, port } = part;
      const handshake = answer.trace.hops
        .flatMap(({ steps }) => steps)
        .find((step) => step.kind === 'tls-handshake' && step.role === 'client');
      return (
        <pre data-stream="stdout">
          {handshake?.kind === 'tls-handshake'
            ? sClientOutput(handshake, (fingerprint) => certificateOf(answer, fingerprint), { address, port })
            : 'connect: no TLS session'}
        </pre>
      );
    }
  }
}

function CommandLine({ takesFocus }: { takesFocus: boolean }) {
  const studio = useStudio();
  const { t } = useTranslator('console');
  const { history } = useStudioState(terminalOf);
  const [line, setLine] = useState('');
  /** How far back in the history; 0 is the line being written. */
  const [back, setBack] = useState(0);
  const [offered, setOffered] = useState<readonly string[]>([]);
  const input = useRef<HTMLTextAreaElement>(null);
  // Whoever opens the console wants to type. Its tab takes the focus while it is pressed; this comes after.
  useEffect(() => {
    if (!takesFocus) return;
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [takesFocus]);

  const recall = (to: number): void => {
    const clamped = Math.max(0, Math.min(to, history.length));
    setBack(clamped);
    setLine(clamped === 0 ? '' : (history[history.length - clamped] ?? ''));
  };
  const complete = (): boolean => {
    const { engine } = studio.store.getState();
    const found = completions(line, engine);
    if (found.length === 0) return false;
    const common = found.reduce((a, b) => {
      let at = 0;
      while (at < a.length && a[at] === b[at]) at++;
      return a.slice(0, at);
    });
    setLine(line.replace(/\S*$/, '') + common + (found.length === 1 ? ' ' : ''));
    setOffered(found.length > 1 ? found : []);
    return true;
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const isWhole = !line.includes('\n');
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && !isUnfinished(line)) {
      void runLine(studio, line);
      setLine('');
      setBack(0);
      setOffered([]);
    } else if (event.key === 'ArrowUp' && isWhole) recall(back + 1);
    else if (event.key === 'ArrowDown' && isWhole) recall(back - 1);
    // An empty line lets Tab go on to what comes next.
    else if (event.key === 'Tab' && !event.shiftKey && line.trim() !== '') {
      if (!complete()) return;
    } else if (event.key === 'l' && event.ctrlKey) void runLine(studio, 'clear');
    else return;
    event.preventDefault();
  };
  return (
    <div className="console-input">
      {offered.length > 0 && (
        <p className="console-offered mono" role="status">
          {offered.join('  ')}
        </p>
      )}
      <div className="console-prompt">
        <span aria-hidden="true" className="mono">
          $
        </span>
        <textarea
          ref={input}
          className="mono"
          rows={Math.min(8, line.split('\n').length)}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-label={t('console.input')}
          placeholder={t('console.hint')}
          value={line}
          onChange={(event) => {
            setLine(event.target.value);
            setOffered([]);
          }}
          onKeyDown={onKey}
        />
      </div>
    </div>
  );
}
