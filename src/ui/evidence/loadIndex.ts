/** The index of recorded calls, fetched once when somebody asks for evidence. `npm run fidelity` writes it. */
import type { EvidenceIndex } from '../../trace/evidence.ts';

let loading: Promise<EvidenceIndex> | undefined;

export function loadIndex(): Promise<EvidenceIndex> {
  // As text: a quarter of a megabyte of data is nothing for the compiler to look into.
  loading ??= import('./recorded.json?raw').then((module) => JSON.parse(module.default) as EvidenceIndex);
  return loading;
}
