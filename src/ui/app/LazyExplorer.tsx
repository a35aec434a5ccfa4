/** The explorer, fetched when it is first shown: small windows begin without it. */
import { lazy, Suspense } from 'react';

const Loaded = lazy(async () => ({ default: (await import('../explorer/Explorer.tsx')).Explorer }));

export const Explorer = () => (
  <Suspense>
    <Loaded />
  </Suspense>
);
