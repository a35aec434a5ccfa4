/**
 * YAML that is nobody's resource (a string inside a ConfigMap, a case file): its value or the
 * parser's message. Bounded like everything else that is read.
 */
import { parse } from 'yaml';
import { err, ok, type Result } from '../../base/result.ts';
import { YAML_LIMITS } from './limits.ts';

export function parsePlainYaml(text: string): Result<unknown, string> {
  if (text.length > YAML_LIMITS.fileLength) return err(`text is longer than ${YAML_LIMITS.fileLength} characters`);
  try {
    const value: unknown = parse(text, { maxAliasCount: 100, schema: 'core', version: '1.2' });
    return ok(value);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
