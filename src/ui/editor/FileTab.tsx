/** The tab of one file; another one can be dropped on it. */
export interface FileTabProps {
  readonly name: string;
  readonly isCurrent: boolean;
  readonly hasError: boolean;
  /** On which side what is dragged would land; absent: nothing is, or this one. */
  readonly dropSide: 'before' | 'after' | undefined;
  readonly onChoose: () => void;
  readonly onDrag: (name: string | undefined) => void;
  readonly onDrop: () => void;
}

export function FileTab({ name, isCurrent, hasError, dropSide, onChoose, onDrag, onDrop }: FileTabProps) {
  return (
    <button
      type="button"
      role="tab"
      className="tab file-tab"
      title={name}
      tabIndex={isCurrent ? 0 : -1}
      aria-selected={isCurrent}
      data-state={isCurrent ? 'active' : 'inactive'}
      data-error={hasError}
      data-drop={dropSide}
      onClick={onChoose}
      draggable
      onDragStart={(event) => {
        // Text alone, so that nobody takes it for a file from outside.
        event.dataTransfer.setData('text/plain', name);
        event.dataTransfer.effectAllowed = 'move';
        onDrag(name);
      }}
      onDragEnd={() => onDrag(undefined)}
      onDragOver={(event) => {
        if (dropSide === undefined) return;
        event.preventDefault();
        event.currentTarget.dataset.over = 'true';
      }}
      onDragLeave={(event) => {
        delete event.currentTarget.dataset.over;
      }}
      onDrop={(event) => {
        event.preventDefault();
        delete event.currentTarget.dataset.over;
        onDrop();
      }}
    >
      {name}
    </button>
  );
}
