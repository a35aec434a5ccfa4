/** A mesh from YAML text, for tests: fixed clock and seed, ages in document order. */
import { err, ok } from '../base/result.ts';
import { type BuiltMesh, buildMesh } from '../mesh/buildMesh.ts';
import type { ParseYaml } from '../mesh/embeddedYaml.ts';
import type { MeshOptions } from '../mesh/types.ts';
import { parseWorkspace } from '../resources/parseWorkspace.ts';
import { readText } from '../resources/yaml/readText.ts';

export const TEST_NOW = Date.UTC(2026, 10, 23);

export const parseYaml: ParseYaml = (text) => {
  const { objects, problems } = readText(text);
  const problem = problems[0];
  return problem === undefined ? ok(objects[0]?.value) : err(problem.code);
};

export function meshOf(yaml: string, options: Partial<MeshOptions> = {}): BuiltMesh {
  return buildMesh(
    parseWorkspace([{ name: 'test.yaml', text: yaml }]),
    { now: TEST_NOW, seed: 'test', defaultAges: { base: Date.UTC(2026, 0, 1), step: 60_000 }, ...options },
    parseYaml,
  );
}
