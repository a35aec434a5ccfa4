/** States of one sort, under their heading. */
import { type ReactNode, useId } from 'react';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 className="history-head" id={id}>
        {title}
      </h3>
      <ul>{children}</ul>
    </section>
  );
}
