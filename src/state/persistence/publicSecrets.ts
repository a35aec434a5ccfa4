/** Keys that ship with an example are in everybody's copy of the studio: nobody's secret. */
import type { Studio } from '../studio.ts';
import type { Workspace } from '../workspace/workspace.ts';

type IsPublic = (secret: string) => boolean;

const known = new Map<string, IsPublic>();

export async function publicSecrets(studio: Studio, { example }: Workspace): Promise<IsPublic> {
  if (example === undefined) return () => false;
  const isKnown = known.get(example);
  if (isKnown !== undefined) return isKnown;
  const original = await studio.examples.load(example);
  const texts = [
    ...(original?.files.map((file) => file.text) ?? []),
    ...Object.values(original?.world.pems ?? {}).map((pem) => pem.key ?? ''),
  ];
  const isPublic = (secret: string): boolean => texts.some((text) => text.includes(secret));
  known.set(example, isPublic);
  return isPublic;
}

/** Without waiting: what is not known yet counts as secret. */
export const publicSecretsAtHand = ({ example }: Workspace): IsPublic => known.get(example ?? '') ?? (() => false);
