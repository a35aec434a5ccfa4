/**
 * The examples that ship with the studio: folders under scenarios/catalog/, data only, loaded when
 * opened. `example.json` is what the menu shows; `workspace.json` names the YAML files in document
 * order, the calls and the positions; `pems/NAME.pem` holds what callers present (certificates, then the key).
 */
import type { LocalizedText } from '../../base/localizedText.ts';
import type { CallDraft, PemEntry, SavedCall, Workspace, World } from './workspace.ts';
import { EMPTY_DRAFT, WORKSPACE_SCHEMA } from './workspace.ts';

export interface ExampleEntry {
  readonly slug: string;
  readonly name: LocalizedText;
  readonly summary: LocalizedText;
}

export interface ExampleCatalogue {
  readonly entries: readonly ExampleEntry[];
  load(slug: string): Promise<Workspace | undefined>;
}

/** The shape of example.json. */
export interface ExampleCard {
  readonly name: LocalizedText;
  readonly summary: LocalizedText;
  /** The menu shows lower numbers first. */
  readonly order: number;
}

/** The shape of workspace.json; what a call leaves out is a plain GET from outside. */
export interface ExampleManifest {
  readonly now: string;
  readonly seed: string;
  readonly files: readonly string[];
  readonly addresses: Readonly<Record<string, string>>;
  readonly calls: readonly (Partial<CallDraft> & Pick<SavedCall, 'id' | 'name' | 'note' | 'group' | 'expect'>)[];
  readonly positions: Workspace['positions'];
  /** Files that command lines name the PEMs by. */
  readonly paths?: Readonly<Record<string, readonly string[]>>;
}

export interface ExampleSources {
  /** By path `.../<slug>/example.json`. */
  readonly cards: Readonly<Record<string, ExampleCard>>;
  /** By path `.../<slug>/workspace.json`. */
  readonly manifests: Readonly<Record<string, () => Promise<ExampleManifest>>>;
  readonly texts: Readonly<Record<string, () => Promise<string>>>;
}

export function exampleCatalogue({ cards, manifests, texts }: ExampleSources): ExampleCatalogue {
  const folders = new Map(
    Object.keys(cards).map((path) => [path.split('/').at(-2) ?? '', path.replace(/\/[^/]*$/, '')]),
  );
  const entries = Object.entries(cards)
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([path, { name, summary }]) => ({ slug: path.split('/').at(-2) ?? '', name, summary }));

  return {
    entries,
    async load(slug) {
      const folder = folders.get(slug);
      const manifest = await manifests[`${folder}/workspace.json`]?.();
      const name = entries.find((entry) => entry.slug === slug)?.name;
      if (manifest === undefined || name === undefined) return undefined;
      const text = async (name: string): Promise<string> => (await texts[`${folder}/${name}`]?.()) ?? '';
      const files = await Promise.all(manifest.files.map(async (name) => ({ name, text: await text(name) })));
      const pemPaths = Object.keys(texts).filter((path) => path.startsWith(`${folder}/pems/`));
      const pems = await Promise.all(
        pemPaths.map(async (path): Promise<[string, PemEntry]> => {
          const name = (path.split('/').pop() ?? '').replace(/\.pem$/, '');
          const paths = manifest.paths?.[name];
          return [name, { ...splitPem((await texts[path]?.()) ?? ''), ...(paths === undefined ? {} : { paths }) }];
        }),
      );
      const world: World = {
        now: manifest.now,
        seed: manifest.seed,
        addresses: manifest.addresses,
        pems: Object.fromEntries(pems),
        tokens: {},
      };
      return {
        schema: WORKSPACE_SCHEMA,
        name,
        example: slug,
        files,
        calls: manifest.calls.map((call) => ({ ...EMPTY_DRAFT, ...call })),
        positions: manifest.positions,
        world,
      };
    },
  };
}

/** Certificates and key of one PEM text, in whatever order they come. */
export function splitPem(text: string): PemEntry {
  const blocks = text.match(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----\n?/g) ?? [];
  const key = blocks.find((block) => block.includes('PRIVATE KEY'));
  const certificates = blocks.filter((block) => block.includes('BEGIN CERTIFICATE')).join('');
  return { certificates, ...(key === undefined ? {} : { key }) };
}
