/**
 * The host's globals that the engine may use, and no more: they exist in workers, pages and Node
 * alike, but are not in the ECMAScript library. tsconfig.engine.json compiles without DOM and
 * Node types, so anything not declared here does not exist for engine code. Clocks, randomness,
 * network and console are left out on purpose.
 */
interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { new (): TextEncoder };

interface TextDecoder {
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}
declare var TextDecoder: {
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};

declare function atob(base64: string): string;
declare function btoa(binary: string): string;
declare function structuredClone<T>(value: T): T;

/** An aborted long computation; the worker owns the controller. */
interface AbortSignal {
  readonly aborted: boolean;
}

interface CryptoKey {
  readonly type: 'public' | 'private' | 'secret';
  readonly extractable: boolean;
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
}
/** Only what verifies, derives and encrypts. Keys are never generated here: WebCrypto cannot be seeded. */
interface SubtleCrypto {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
  importKey(
    format: 'raw' | 'spki' | 'pkcs8' | 'jwk',
    keyData: Uint8Array | object,
    algorithm: string | { readonly name: string; readonly [parameter: string]: unknown },
    extractable: boolean,
    usages: readonly string[],
  ): Promise<CryptoKey>;
  verify(
    algorithm: string | { readonly name: string; readonly [parameter: string]: unknown },
    key: CryptoKey,
    signature: Uint8Array,
    data: Uint8Array,
  ): Promise<boolean>;
}
/** `subtle` is absent on plain HTTP, as in a classroom's LAN. */
declare var crypto: { readonly subtle?: SubtleCrypto };
