/** A command with which a reader makes the value again, to copy. */
import type { TlsTexts } from '../../../i18n/tls/index.ts';
import { IconButton } from '../../shared/controls.tsx';

export function ShellCommand({ command, note, texts }: { command: string; note?: string; texts: TlsTexts }) {
  return (
    <details className="shell">
      <summary>{texts.view.shell}</summary>
      {note !== undefined && <p className="muted">{note}</p>}
      <div className="shell-line">
        <pre className="mono" translate="no">
          {command}
        </pre>
        <IconButton icon="copy" label={texts.view.copy} onClick={() => void navigator.clipboard.writeText(command)} />
      </div>
    </details>
  );
}
