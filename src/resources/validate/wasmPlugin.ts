/** ValidateWasmPlugin and ValidateTrafficExtension. */
import type { FieldPath } from '../../base/origin.ts';
import { parseRequestUri, parseUrl } from '../go/url.ts';
import type { TrafficExtensionSpec, WasmPluginSpec } from '../kinds/wasmPlugin.ts';
import { all, error, type Findings, NOTHING } from './faults.ts';
import { validateTargets } from './selectors.ts';

type Wasm = NonNullable<TrafficExtensionSpec['wasm']>;

export function validateWasmPlugin(spec: WasmPluginSpec): Findings {
  return all(validateTargets(spec), validateModule(['spec'], spec, 255), validateMatch(['spec', 'match'], spec.match));
}

export function validateTrafficExtension(spec: TrafficExtensionSpec): Findings {
  const { wasm, lua } = spec;
  return all(
    (wasm === undefined) === (lua === undefined) ? error(['spec'], 'exactly one of wasm or lua must be set') : NOTHING,
    validateTargets(spec),
    lua === undefined ? NOTHING : validateLua(['spec', 'lua', 'inlineCode'], lua.inlineCode ?? ''),
    wasm === undefined ? NOTHING : validateModule(['spec', 'wasm'], wasm, 256),
    validateMatch(['spec', 'match'], spec.match),
  );
}

function validateLua(at: FieldPath, code: string): Findings {
  if (code === '') return error(at, 'lua.inlineCode cannot be empty');
  return code.length > 65536 ? error(at, 'lua.inlineCode exceeds maximum size of 64KB') : NOTHING;
}

/** `longest`: the two kinds name different limits for the same check. */
function validateModule(at: FieldPath, module: Wasm, longest: number): Findings {
  return all(
    validateUrl([...at, 'url'], module.url ?? ''),
    validateSha256([...at, 'sha256'], module.sha256 ?? ''),
    (module.imagePullSecret ?? '').length > 253
      ? error([...at, 'imagePullSecret'], 'imagePullSecret field must be less than 253 characters long')
      : NOTHING,
    (module.pluginName ?? '').length > 256
      ? error([...at, 'pluginName'], `pluginName field must be less than ${longest} characters long`)
      : NOTHING,
    validateEnvironment([...at, 'vmConfig', 'env'], module.vmConfig?.env ?? []),
  );
}

function validateUrl(at: FieldPath, url: string): Findings {
  if (url === '') return error(at, 'url field needs to be set');
  const direct = parseRequestUri(url);
  const absolute = direct.ok ? url : `http://${url}`;
  const parsed = direct.ok ? direct : parseRequestUri(absolute);
  // Of the two failures istiod reports the first.
  if (!parsed.ok) return error(at, `failed to parse url: ${direct.ok ? '' : direct.error}`);
  const strict = parseUrl(absolute);
  if (!strict.ok) return error(at, `failed to strict parse url: ${strict.error}`);
  const { scheme } = parsed.value;
  return ['', 'file', 'http', 'https', 'oci'].includes(scheme)
    ? NOTHING
    : error(at, `url contains unsupported scheme: ${scheme}`);
}

function validateSha256(at: FieldPath, hash: string): Findings {
  if (hash === '') return NOTHING;
  if (hash.length !== 64) return error(at, 'sha256 field must be 64 characters long');
  return /^[a-f0-9]*$/.test(hash) ? NOTHING : error(at, 'sha256 field must match [a-f0-9]{64} pattern');
}

function validateEnvironment(at: FieldPath, variables: NonNullable<NonNullable<Wasm['vmConfig']>['env']>): Findings {
  const names = new Set<string>();
  for (const [index, { name = '', value, valueFrom = 'INLINE' }] of variables.entries()) {
    const path = [...at, index];
    if (name === '') return error(path, 'spec.vmConfig.env invalid');
    if (name.length > 256) return error(path, 'env.name field must be less than 255 characters long');
    if (names.has(name)) return error(path, 'duplicate env');
    names.add(name);
    if (valueFrom !== 'INLINE' && value) return error(path, 'value may only be set when valueFrom is INLINE');
  }
  return NOTHING;
}

function validateMatch(at: FieldPath, selectors: WasmPluginSpec['match']): Findings {
  for (const [index, selector] of (selectors ?? []).entries()) {
    for (const [portIndex, { number = 0 }] of (selector.ports ?? []).entries()) {
      if (number >= 1 && number <= 65535) continue;
      const path = [...at, index, 'ports', portIndex];
      return error(path, `spec.Match[${index}].Ports[${portIndex}] is out of range: ${number}`);
    }
  }
  return NOTHING;
}
