/** A broken part of the window says so and leaves the rest alone. */
import { Component, type ReactNode } from 'react';
import { useTranslator } from '../shared/context.tsx';
import './errorBoundary.css';

interface Props {
  readonly children: ReactNode;
}

// React catches errors of children only through a class.
export class ErrorBoundary extends Component<Props, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Crash message={error.message} retry={() => this.setState({ error: undefined })} />;
  }
}

function Crash({ message, retry }: { message: string; retry: () => void }) {
  const { t } = useTranslator();
  return (
    <div className="crash" role="alert">
      <strong>{t('app.crash.title')}</strong>
      <p className="muted">{t('app.crash.detail', { message })}</p>
      <div>
        <button type="button" className="button button-outlined" onClick={retry}>
          {t('app.crash.retry')}
        </button>
      </div>
    </div>
  );
}
