/** The engine's fixes for its diagnostics, as code actions: one step of the studio's history each. */
import type { Diagnostic } from '../../../base/diagnostics/diagnostic.ts';
import { applyProposedEdits, type ProposedEdit } from '../../../state/actions/applyEdits.ts';
import type { Studio } from '../../../state/studio.ts';
import { fileOf } from '../models.ts';
import { monaco } from '../monaco.ts';
import type { Texts } from './texts.ts';

const APPLY = 'studio.applyFix';

export function registerQuickFixes(
  studio: Studio,
  filter: monaco.languages.LanguageFilter,
  texts: () => Texts | undefined,
): monaco.IDisposable[] {
  return [
    monaco.editor.registerCommand(APPLY, (_, edits: readonly ProposedEdit[]) => applyProposedEdits(studio, edits)),
    monaco.languages.registerCodeActionProvider(filter, {
      async provideCodeActions(model, _, { markers }, token) {
        const { engine } = studio.store.getState();
        const { revision, diagnostics } = engine;
        const known = texts();
        if (known === undefined || engine.answered !== revision) return { actions: [], dispose: () => undefined };
        const file = fileOf(model.uri);
        const actions: monaco.languages.CodeAction[] = [];
        for (const marker of markers) {
          const diagnostic = diagnostics.find((each) => isOf(each, marker, file));
          if (diagnostic === undefined || token.isCancellationRequested) continue;
          const reply = await studio.engine.ask({ kind: 'fixes', revision, diagnostic });
          if (reply.kind !== 'answer') continue;
          for (const [index, { code, params, edits }] of (reply.answer ?? []).entries()) {
            const title = known.translator.t(`code.fix.${code}`, params);
            actions.push({
              title,
              kind: 'quickfix',
              diagnostics: [marker],
              isPreferred: index === 0,
              command: { id: APPLY, title, arguments: [edits] },
            });
          }
        }
        return { actions, dispose: () => undefined };
      },
    }),
  ];
}

const isOf = ({ code, range }: Diagnostic, marker: monaco.editor.IMarkerData, file: string): boolean =>
  range?.file === file &&
  marker.code === code &&
  range.startLine === marker.startLineNumber &&
  range.startColumn === marker.startColumn;
