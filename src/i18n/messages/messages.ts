/** Types of the catalogues: English is the source, every other language has the same shape. */
import type { Area, SectionsOf } from './areas.ts';
import type { core } from './en/core.ts';
import type { en } from './en/index.ts';

type Text<T> = { readonly [K in keyof T]: T[K] extends string ? string : Text<T[K]> };

export type Messages = Text<typeof en>;
export type CoreMessages = Text<typeof core>;

type Leaf<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Leaf<T[K]>}`;
}[keyof T & string];

/** Plural forms are one key to the caller: `hops_one` and `hops_other` are `hops`. */
type Singular<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

type CoreKey = Leaf<typeof core>;
type AreaKeys = { [A in Area]: Leaf<SectionsOf<A>> };

/** What may be said once these areas are there. */
export type MessageKey<A extends Area = never> = CoreKey | AreaKeys[A];
