/**
 * What lay in storage and could not be read: kept as it is, since it is somebody's work, until they
 * have downloaded it or thrown it away.
 */
import type { Studio } from '../studio.ts';

export interface SetAside {
  readonly id: string;
  /** Milliseconds of the wall clock when it was found. */
  readonly at: number;
  readonly why: 'unreadable' | 'from-the-future';
}

const INDEX = 'set-aside';
const bodyKey = (id: string): string => `set-aside ${id}`;
/** Each start that fails adds one; a page that fails again and again must not fill the disk. */
const LIMIT = 10;

export async function setAside(studio: Studio, stored: unknown, why: SetAside['why']): Promise<void> {
  const at = studio.now();
  const added: SetAside = { id: at.toString(36), at, why };
  await change(studio, (list) => {
    const all = [added, ...list.filter(({ id }) => id !== added.id)];
    return { list: all.slice(0, LIMIT), also: { [bodyKey(added.id)]: stored }, gone: all.slice(LIMIT) };
  });
}

export async function loadSetAside(studio: Studio): Promise<void> {
  studio.store.setState({ setAside: read(await studio.storage.drawer.read(INDEX)) });
}

/** As text to download. */
export async function setAsideText(studio: Studio, id: string): Promise<string> {
  const stored = await studio.storage.drawer.read(bodyKey(id));
  return typeof stored === 'string' ? stored : `${JSON.stringify(stored, null, 2)}\n`;
}

export const removeSetAside = (studio: Studio, id: string): Promise<void> =>
  change(studio, (list) => ({
    list: list.filter((one) => one.id !== id),
    gone: list.filter((one) => one.id === id),
  }));

interface Edit {
  readonly list: readonly SetAside[];
  readonly also?: Readonly<Record<string, unknown>>;
  readonly gone: readonly SetAside[];
}

async function change(studio: Studio, edit: (list: readonly SetAside[]) => Edit): Promise<void> {
  await studio.storage.drawer.change(INDEX, (old) => {
    const { list, also = {}, gone } = edit(read(old));
    return { value: list, also, without: gone.map(({ id }) => bodyKey(id)) };
  });
  await loadSetAside(studio);
}

const read = (stored: unknown): readonly SetAside[] => (Array.isArray(stored) ? stored.filter(isSetAside) : []);

const isSetAside = (value: unknown): value is SetAside =>
  typeof value === 'object' && value !== null && 'id' in value && 'at' in value && 'why' in value;
