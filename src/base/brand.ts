/** Nominal typing for ids: a `Brand<string, 'X'>` is a string nobody mixes up with another. */
declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
