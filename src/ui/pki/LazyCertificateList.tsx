/** The list of certificates, fetched with its words when somebody looks at it. */
import { lazy, Suspense } from 'react';

const CertificateList = lazy(async () => ({ default: (await import('./CertificateList.tsx')).CertificateList }));

export function LazyCertificateList() {
  return (
    <Suspense fallback={null}>
      <CertificateList />
    </Suspense>
  );
}
