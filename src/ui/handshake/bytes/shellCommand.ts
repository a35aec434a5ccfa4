/**
 * A computation, or the sealing of a record, as a shell command that prints the same value: bash, xxd
 * and openssl 3. Undefined: there is none (randomness comes from the seed of the mesh). What such a
 * command prints is compared with the value by a test.
 */
import type { HandshakeMessage, HandshakeStep } from '../../../worker/certificateView.ts';

type Computation = Extract<HandshakeStep, { kind: 'computation' }>;
type Group = Extract<Computation['operation'], { kind: 'ecdh' }>['group'];
type Protection = NonNullable<HandshakeMessage['records'][number]['protection']>;

const PRINT = 'xxd -p -c 0';
const bytes = (hex: string): string => `echo ${hex} | xxd -r -p`;
const digestName = (hash: string): string => hash.toUpperCase();

export function shellCommand(step: Computation, messages: readonly HandshakeMessage[]): string | undefined {
  const { operation, inputs } = step;
  const [first = '', second = ''] = inputs.map(({ value }) => value);
  switch (operation.kind) {
    case 'random':
      return undefined;
    case 'public-key': {
      const { prefix, suffix, length } = KEYS[operation.group];
      return `${bytes(prefix.secret + first + suffix)} \\\n  | openssl pkey -inform DER -pubout -outform DER | tail -c ${length} | ${PRINT}`;
    }
    case 'ecdh': {
      const { prefix, suffix } = KEYS[operation.group];
      return [
        `${bytes(prefix.secret + first + suffix)} > own.der`,
        `${bytes(prefix.public + second)} > peer.der`,
        `openssl pkeyutl -derive -keyform DER -inkey own.der -peerform DER -peerkey peer.der | ${PRINT}`,
      ].join('\n');
    }
    case 'transcript-hash': {
      const input = transcriptInput(operation.messages, messages, operation.hash);
      return input && `${input} \\\n  | xxd -r -p | openssl dgst -${operation.hash} -r | cut -d' ' -f1`;
    }
    case 'hkdf-extract':
      return kdf(step, 'HKDF', [
        'mode:EXTRACT_ONLY',
        // HMAC fills a short key up with zeros, so one byte of them is as good as none.
        `hexsalt:${first === '' ? '00' : first}`,
        `hexkey:${second}`,
      ]);
    case 'hkdf-expand-label':
      return kdf(step, 'TLS13-KDF', [
        'mode:EXPAND_ONLY',
        `hexkey:${first}`,
        '"prefix:tls13 "',
        `"label:${operation.label}"`,
        ...(second === '' ? [] : [`hexdata:${second}`]),
      ]);
    case 'hmac':
      return `${bytes(second)} \\\n  | openssl dgst -${operation.hash} -mac HMAC -macopt hexkey:${first} -r | cut -d' ' -f1`;
    case 'prf':
      return kdf(step, 'TLS1-PRF', [
        `hexsecret:${first}`,
        `"seed:${operation.label}"`,
        ...inputs.slice(1).map(({ value }) => `hexseed:${value}`),
      ]);
    case 'slice':
      return `echo ${first} | cut -c ${2 * operation.start + 1}-${2 * operation.end}`;
    case 'sign':
      return verification(step, operation.scheme, first);
  }
}

function kdf({ operation, value }: Computation, name: string, options: readonly string[]): string {
  const hash = 'hash' in operation ? operation.hash : 'sha256';
  const given = [`digest:${digestName(hash)}`, ...options].map((option) => `  -kdfopt ${option} \\\n`).join('');
  return `openssl kdf -keylen ${value.length / 2} -binary \\\n${given}  ${name} | ${PRINT}`;
}

/** Hex of the messages of these names, in order; the first ClientHello before a retry counts as its hash. */
function transcriptInput(
  names: readonly string[],
  messages: readonly HandshakeMessage[],
  hash: string,
): string | undefined {
  const handshake = messages.filter(({ content }) => content === 'handshake');
  const parts: string[] = [];
  let at = 0;
  for (const name of names) {
    const message = handshake[at];
    at += 1;
    if (message === undefined || (name !== 'message_hash' && message.name !== name)) return undefined;
    parts.push(message.plain);
  }
  const [first = '', ...rest] = parts;
  if (names[0] !== 'message_hash') return `echo ${parts.join('')}`;
  const length = hash === 'sha384' ? '30' : '20';
  return `(echo fe0000${length}; ${bytes(first)} | openssl dgst -${hash} -r | cut -d' ' -f1; echo ${rest.join('')})`;
}

/** Signatures differ each time; what can be repeated is the check, with the saved chain of the signer. */
function verification({ by, value }: Computation, scheme: string, content: string): string {
  const files = [
    `openssl x509 -in ${by}-chain.pem -noout -pubkey > key.pem`,
    `${bytes(value)} > signature`,
    `${bytes(content)} > content`,
  ];
  const hash = /sha\d+$/.exec(scheme)?.[0];
  const pss = scheme.startsWith('rsa_pss') ? ' -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest' : '';
  const check =
    hash === undefined
      ? 'openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in content -sigfile signature'
      : `openssl dgst -${hash} -verify key.pem${pss} -signature signature content`;
  return [...files, check].join('\n');
}

/** The encrypted part of a record without its proof: GCM and Poly1305 cipher like the stream ciphers in them. */
export function sealingCommand({
  aead,
  key,
  nonce,
  plaintext,
}: Pick<Protection, 'aead' | 'key' | 'nonce' | 'plaintext'>): string {
  const [cipher, iv] =
    aead === 'aes-gcm' ? [`aes-${key.length * 4}-ctr`, `${nonce}00000002`] : ['chacha20', `01000000${nonce}`];
  return `${bytes(plaintext)} \\\n  | openssl enc -${cipher} -K ${key} -iv ${iv} | ${PRINT}`;
}

interface KeyForm {
  /** DER before a secret, and before a public value. */
  readonly prefix: { readonly secret: string; readonly public: string };
  /** DER after a secret. */
  readonly suffix: string;
  /** Bytes of a public value. */
  readonly length: number;
}

/** RFC 8410 for X25519, RFC 5915 for the others: DER around the bare numbers. */
const KEYS: Readonly<Record<Group, KeyForm>> = {
  x25519: {
    prefix: { secret: '302e020100300506032b656e04220420', public: '302a300506032b656e032100' },
    suffix: '',
    length: 32,
  },
  secp256r1: {
    prefix: {
      secret: '30310201010420',
      public: '3059301306072a8648ce3d020106082a8648ce3d030107034200',
    },
    suffix: 'a00a06082a8648ce3d030107',
    length: 65,
  },
  secp384r1: {
    prefix: { secret: '303e0201010430', public: '3076301006072a8648ce3d020106052b81040022036200' },
    suffix: 'a00706052b81040022',
    length: 97,
  },
  secp521r1: {
    prefix: { secret: '30500201010442', public: '30819b301006072a8648ce3d020106052b8104002303818600' },
    suffix: 'a00706052b81040023',
    length: 133,
  },
};
