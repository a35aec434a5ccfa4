/**
 * Monaco's side of the language service: completion, hover, definitions, references and outline,
 * answered by the engine. Registered for every model of the workspace while an editor lives.
 */
import { revealRange } from '../../../state/actions/look.ts';
import type { Studio } from '../../../state/studio.ts';
import type { Completion, FileSymbol, NavigateAnswer } from '../../../worker/languageView.ts';

import { fileOf, isOurs, provideModels, rangeInModel, sourceRange, uriOf } from '../models.ts';
import { monaco } from '../monaco.ts';
import { askEngine } from './askEngine.ts';
import { registerQuickFixes } from './quickFixes.ts';
import { renameProvider } from './renaming.ts';
import { completionTexts, descriptionText, type Texts } from './texts.ts';

const SELECTOR: monaco.languages.LanguageFilter = { scheme: 'workspace' };

/** `texts`: those of the language of the moment. */
export function registerLanguage(studio: Studio, texts: () => Texts | undefined): monaco.IDisposable {
  const registered = [
    monaco.languages.registerCompletionItemProvider(SELECTOR, completionProvider(studio, texts)),
    monaco.languages.registerHoverProvider(SELECTOR, hoverProvider(studio, texts)),
    monaco.languages.registerDefinitionProvider(SELECTOR, {
      provideDefinition: (model, position, token) => navigate(studio, 'definition', model, position, token),
    }),
    monaco.languages.registerReferenceProvider(SELECTOR, {
      provideReferences: async (model, position, _, token) =>
        (await navigate(studio, 'references', model, position, token))?.map(({ uri, range }) => ({ uri, range })),
    }),
    monaco.languages.registerDocumentSymbolProvider(SELECTOR, {
      async provideDocumentSymbols(model, token) {
        const symbols = await askEngine(studio, 'symbols', { text: model.getValue() }, token);
        return symbols?.map((symbol) => toSymbol(model, symbol)) ?? [];
      },
    }),
    monaco.languages.registerRenameProvider(SELECTOR, renameProvider(studio)),
    ...registerQuickFixes(studio, SELECTOR, texts),
    monaco.editor.registerEditorOpener({
      openCodeEditor(source, resource, target) {
        if (!isOurs(resource)) return false;
        const model = monaco.editor.getModel(resource);
        if (model === null) return false;
        const range = target === undefined ? { lineNumber: 1, column: 1 } : target;
        const whole = monaco.Range.isIRange(range) ? range : monaco.Range.fromPositions(range);
        revealRange(studio, sourceRange(model, whole));
        source.focus();
        return true;
      },
    }),
  ];
  return {
    dispose() {
      for (const each of registered) each.dispose();
    },
  };
}

const { CompletionItemKind, CompletionItemInsertTextRule } = monaco.languages;

const KINDS: Readonly<Record<Completion['kind'], monaco.languages.CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
  document: CompletionItemKind.Snippet,
};

function completionProvider(studio: Studio, texts: () => Texts | undefined): monaco.languages.CompletionItemProvider {
  return {
    triggerCharacters: [' ', '"', "'", '/', '.', '{', '[', ',', '*', '-'],
    async provideCompletionItems(model, position, context, token) {
      const known = texts();
      const offset = model.getOffsetAt(position);
      const answer = await askEngine(studio, 'complete', { text: model.getValue(), offset }, token);
      if (answer === undefined || known === undefined) return { suggestions: [] };
      const range = rangeInModel(model, answer.start, answer.end);
      // A blank that only indents asks for nothing.
      const line = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
      if (context.triggerCharacter === ' ' && line.trim() === '') return { suggestions: [] };
      const written = model.getValueInRange(range.setEndPosition(position.lineNumber, position.column));
      const items = answer.items.map((item, index) => toItem(known, item, index, range, written));
      // What stands there is of no help to find anything else (a template's own `app`): show all.
      const word = written.replace(/^["']/, '').toLowerCase();
      const isFound = word === '' || items.some(({ filterText }) => isSubsequence(word, filterText ?? ''));
      return isFound
        ? { suggestions: items }
        : { suggestions: items.map((item) => ({ ...item, filterText: written })), incomplete: true };
    },
  };
}

function toItem(
  texts: Texts,
  item: Completion,
  index: number,
  range: monaco.IRange,
  written: string,
): monaco.languages.CompletionItem {
  const { detail, documentation } = completionTexts(texts, item);
  const { about } = item;
  const isLeftOut = about !== undefined && about.status !== 'simulated';
  return {
    label: { label: item.label, ...(detail === undefined ? {} : { description: detail }) },
    kind: KINDS[item.kind],
    insertText: item.insert,
    insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet | CompletionItemInsertTextRule.KeepWhitespace,
    range,
    sortText: `${isLeftOut ? 1 : 0}${String(index).padStart(4, '0')}`,
    // A document is found by what it is for, too.
    filterText: item.kind === 'document' ? `${item.label} ${detail ?? ''}` : `${quoteOf(written)}${item.label}`,
    ...(documentation === undefined ? {} : { documentation: { value: documentation } }),
    ...(item.again === true ? { command: { id: 'editor.action.triggerSuggest', title: '' } } : {}),
  };
}

/** As Monaco's own filter begins: the letters occur in this order. */
function isSubsequence(word: string, text: string): boolean {
  let at = 0;
  for (const sign of text.toLowerCase()) if (sign === word[at]) at++;
  return at === word.length;
}

/** Where quotes are replaced too, what is typed begins with one. */
const quoteOf = (written: string): string => (/^["']/.test(written) ? written.charAt(0) : '');

function hoverProvider(studio: Studio, texts: () => Texts | undefined): monaco.languages.HoverProvider {
  return {
    async provideHover(model, position, token) {
      const known = texts();
      const offset = model.getOffsetAt(position);
      const answer = await askEngine(studio, 'describe', { text: model.getValue(), offset }, token);
      if (answer === undefined || answer === null || known === undefined) return undefined;
      const contents = descriptionText(known, answer).map((value) => ({ value }));
      return { range: rangeInModel(model, answer.start, answer.end), contents };
    },
  };
}

async function navigate(
  studio: Studio,
  kind: 'definition' | 'references',
  model: monaco.editor.ITextModel,
  position: monaco.Position,
  token: monaco.CancellationToken,
): Promise<monaco.languages.LocationLink[] | undefined> {
  const text = model.getValue();
  const answer: NavigateAnswer | undefined = await askEngine(
    studio,
    kind,
    { text, offset: model.getOffsetAt(position) },
    token,
    true,
  );
  if (answer === undefined || model.isDisposed()) return undefined;
  const { files } = studio.store.getState().workspace;
  const wanted = new Set(answer.places.map(({ range }) => range.file));
  provideModels(files.filter(({ name }) => wanted.has(name) && name !== fileOf(model.uri)));
  const originSelectionRange = rangeInModel(model, answer.start, answer.end);
  return answer.places.map(({ range: { file, startLine, startColumn, endLine, endColumn } }) => {
    const range = new monaco.Range(startLine, startColumn, endLine, endColumn);
    // A whole mapping is shown by its first line.
    const shown = startLine === endLine ? range : new monaco.Range(startLine, startColumn, startLine, startColumn);
    return { uri: uriOf(file), range: shown, originSelectionRange };
  });
}

const SYMBOLS: Readonly<Record<FileSymbol['kind'], monaco.languages.SymbolKind>> = {
  document: monaco.languages.SymbolKind.Module,
  object: monaco.languages.SymbolKind.Object,
  list: monaco.languages.SymbolKind.Array,
  value: monaco.languages.SymbolKind.Property,
};

function toSymbol(model: monaco.editor.ITextModel, symbol: FileSymbol): monaco.languages.DocumentSymbol {
  const { name, detail, kind, start, end, nameStart, nameEnd, children } = symbol;
  return {
    name,
    detail,
    kind: SYMBOLS[kind],
    tags: [],
    range: rangeInModel(model, start, end),
    selectionRange: rangeInModel(model, nameStart, nameEnd),
    children: children.map((child) => toSymbol(model, child)),
  };
}
