/** Types of the catalogues: English is the source, every other language has the same shape. */
import type { en } from './en/index.ts';
import type { PartMessages } from './parts.ts';

type Text<T> = { readonly [K in keyof T]: T[K] extends string ? string : Text<T[K]> };

type English = typeof en & PartMessages;

export type Messages = Text<English>;

/** What a page has from the start; parts come with the views that speak them. */
export type CoreMessages = Text<typeof en>;

type Leaf<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Leaf<T[K]>}`;
}[keyof T & string];

/** i18next's plural forms are one key to the caller: `hops_one` and `hops_other` are `hops`. */
type Singular<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

export type MessageKey = Leaf<English>;
