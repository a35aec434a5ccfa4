/** Opens and closes a namespace: the pointer's way; keys have F, the menu and the palette, and the node says its state. */
import { setCollapsed } from '../../../state/actions/collapse.ts';
import { useStudio } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';

export interface ChevronProps {
  readonly name: string;
  readonly isOpen: boolean;
  /** What a press does. */
  readonly title: string;
}

export function Chevron({ name, isOpen, title }: ChevronProps) {
  const studio = useStudio();
  return (
    <span
      className="room-chevron nodrag nopan"
      aria-hidden="true"
      title={title}
      onClick={(event) => {
        event.stopPropagation();
        setCollapsed(studio, [name], isOpen);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} />
    </span>
  );
}
