/** A name typed over where it stands: Enter or leaving takes it, Escape does not. */
import { ViewportPortal } from '@xyflow/react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslator } from '../../shared/context.tsx';
import type { SceneNode } from '../scene/scene.ts';
import { isName } from './addDefaults.ts';

export interface RenameBoxProps {
  readonly node: SceneNode;
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

export function RenameBox({ node, name, onRename, onClose }: RenameBoxProps) {
  const { t } = useTranslator('draw');
  const [typed, setTyped] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const problemId = useId();
  const isBad = typed !== name && !isName(typed);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);

  const finish = (isTaken: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    if (isTaken && typed !== name && isName(typed)) onRename(typed);
    else onClose();
  };
  const inset = node.kind === 'room' ? { x: 30, y: 6 } : { x: 6, y: 6 };
  return (
    <ViewportPortal>
      <div
        className="rename nodrag nopan nowheel"
        style={{
          transform: `translate(${node.x + inset.x}px, ${node.y + inset.y}px)`,
          width: node.width - inset.x - 6,
        }}
      >
        <input
          ref={field}
          className="field mono"
          aria-label={t('draw.rename', { name })}
          aria-invalid={isBad}
          aria-describedby={isBad ? problemId : undefined}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value.trim())}
          onBlur={() => finish(true)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter' && !isBad) finish(true);
            else if (event.key === 'Escape') finish(false);
          }}
        />
        {isBad && (
          <p id={problemId} className="rename-problem floating" role="alert">
            {t('draw.badName')}
          </p>
        )}
      </div>
    </ViewportPortal>
  );
}
