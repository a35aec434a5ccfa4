/** What is known of a certificate authority, fetched when one is chosen. */
import { lazy, Suspense } from 'react';
import type { GraphAuthority } from '../../worker/meshGraph.ts';

const AuthorityView = lazy(async () => ({ default: (await import('./AuthorityView.tsx')).AuthorityView }));

export function LazyAuthorityView({ authority }: { authority: GraphAuthority }) {
  return (
    <Suspense fallback={null}>
      <AuthorityView authority={authority} />
    </Suspense>
  );
}
