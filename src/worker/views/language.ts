/** The language service's answers, with places in the text. */
import { type CompiledMesh, loadLanguage } from '../../engine.ts';
import type { LanguageAnswers, LanguageQuery, LocatedOrigin, NavigateAnswer, NavigateQuery } from '../languageView.ts';

export async function languageAnswer(
  compiled: CompiledMesh,
  query: LanguageQuery,
): Promise<LanguageAnswers[LanguageQuery['kind']]> {
  const language = await loadLanguage();
  const { mesh } = compiled;
  switch (query.kind) {
    case 'complete':
      return language.completeAt(mesh, query.text, query.offset);
    case 'describe':
      return language.describeAt(mesh, query.text, query.offset);
    case 'crumbs':
      return language.crumbsAt(query.text, query.offset);
    case 'symbols':
      return language.symbolsOf(query.text);
    case 'definition':
    case 'references':
      return navigate(compiled, language, query);
  }
}

function navigate(
  { mesh, parsed }: CompiledMesh,
  { definitionAt, referencesTo }: Awaited<ReturnType<typeof loadLanguage>>,
  { kind, text, offset }: NavigateQuery,
): NavigateAnswer | undefined {
  const definition = definitionAt(mesh, text, offset);
  if (definition === undefined) return undefined;
  const { start, end, origins } = definition;
  const wanted = kind === 'definition' ? origins : [...origins, ...referencesTo(mesh, parsed.resources, origins)];
  const places = wanted.flatMap((origin): LocatedOrigin[] => {
    const range = parsed.locate(origin);
    return range === undefined ? [] : [{ origin, range }];
  });
  return { start, end, places };
}
