/** The states that there are: points of reference, those kept by name, those kept by themselves, what could not be read. */
import { localize } from '../../base/localizedText.ts';
import { keepByName } from '../../state/actions/snapshots.ts';
import { isOfMesh, type Snapshot } from '../../state/snapshots/snapshot.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Asides } from './Asides.tsx';
import { changesText } from './changesText.ts';
import { AS_SHIPPED, type Reference } from './reference.ts';
import { Section } from './Section.tsx';
import { timeText } from './times.ts';

export interface StateListProps {
  readonly snapshots: readonly Snapshot[];
  /** The last kubectl apply of this mesh. */
  readonly applied: Snapshot | undefined;
  readonly chosen: Reference | undefined;
  readonly onChoose: (reference: Reference) => void;
}

const exampleOf = ({ workspace }: StudioState) => workspace.example;

export function StateList({ snapshots, applied, chosen, onChoose }: StateListProps) {
  const { t } = useTranslator('history');
  const example = useStudioState(exampleOf);
  const named = snapshots.filter(({ reason }) => reason === 'named');
  const automatic = snapshots.filter(({ reason }) => reason !== 'named');
  const row = (snapshot: Snapshot) => (
    <SnapshotRow key={snapshot.id} snapshot={snapshot} isChosen={snapshot.id === chosen} onChoose={onChoose} />
  );
  return (
    <nav className="history-list" aria-label={t('history.states')}>
      <KeepForm />
      <Section title={t('history.baselines')}>
        {example !== undefined && (
          <Row title={t('history.example')} isChosen={chosen === AS_SHIPPED} onChoose={() => onChoose(AS_SHIPPED)} />
        )}
        {applied === undefined ? (
          <li className="history-note">{t('history.lastAppliedNone')}</li>
        ) : (
          <SnapshotRow
            snapshot={applied}
            title={t('history.lastApplied')}
            isChosen={applied.id === chosen}
            onChoose={onChoose}
          />
        )}
      </Section>
      {named.length > 0 && <Section title={t('history.named')}>{named.map(row)}</Section>}
      <Section title={t('history.automatic')}>
        {automatic.length === 0 ? <li className="history-note">{t('history.automaticNone')}</li> : automatic.map(row)}
      </Section>
      <Asides />
    </nav>
  );
}

function KeepForm() {
  const studio = useStudio();
  const { t } = useTranslator('history');
  return (
    <form
      className="history-keep"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const name = String(new FormData(form).get('name') ?? '').trim();
        if (name !== '') void keepByName(studio, name).then((isKept) => isKept && form.reset());
      }}
    >
      <input
        className="field"
        name="name"
        required
        maxLength={120}
        autoComplete="off"
        aria-label={t('history.keepLabel')}
        placeholder={t('history.keepPlaceholder')}
      />
      <button type="submit" className="button button-primary">
        {t('history.keep')}
      </button>
    </form>
  );
}

interface SnapshotRowProps {
  readonly snapshot: Snapshot;
  readonly title?: string;
  readonly isChosen: boolean;
  readonly onChoose: (reference: Reference) => void;
}

const workspaceOf = ({ workspace }: StudioState) => workspace;

function SnapshotRow({ snapshot, title, isChosen, onChoose }: SnapshotRowProps) {
  const studio = useStudio();
  const translator = useTranslator('history');
  const { t, language } = translator;
  const workspace = useStudioState(workspaceOf);
  const { id, at, reason, label, mesh, changes } = snapshot;
  return (
    <Row
      title={title ?? label ?? t(`history.reason.${reason}`)}
      time={timeText(language, at, studio.now())}
      detail={[
        ...(isOfMesh(snapshot, workspace) ? [] : [t('history.ofMesh', { name: localize(mesh, language) })]),
        changes === undefined ? t('history.first') : changesText(translator, changes),
      ].join(' · ')}
      isChosen={isChosen}
      onChoose={() => onChoose(id)}
    />
  );
}

interface RowProps {
  readonly title: string;
  readonly time?: string;
  readonly detail?: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ title, time, detail, isChosen, onChoose }: RowProps) {
  return (
    <li>
      <button type="button" className="history-row" aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
        <span className="history-row-head">
          <span className="history-row-title">{title}</span>
          {time !== undefined && <span className="history-row-time">{time}</span>}
        </span>
        {detail !== undefined && <span className="history-row-detail">{detail}</span>}
      </button>
    </li>
  );
}
