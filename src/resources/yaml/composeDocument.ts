/**
 * One document's text -> its node tree, or what is wrong with it. Never throws on any text: the
 * library's own limits (its stack) are guarded by ours, which are tested on the token tree before
 * nodes are composed.
 */
import { Composer, type CST, type Document, Lexer, type ParsedNode, Parser } from 'yaml';
import { YAML_LIMITS } from './limits.ts';

export type YamlDocument = Document<ParsedNode>;

/** Offsets are relative to the document's text. */
export interface YamlProblem {
  readonly code:
    | 'yaml-syntax'
    | 'yaml-template'
    | 'yaml-too-large'
    | 'yaml-too-deep'
    | 'yaml-alias-bomb'
    | 'duplicate-key';
  readonly params: Readonly<Record<string, string | number>>;
  readonly start: number;
  readonly end: number;
}

export interface ComposedText {
  /** Absent when the text holds no document (only comments), or a broken one. */
  readonly document?: YamlDocument;
  readonly problems: readonly YamlProblem[];
}

export function composeDocument(text: string): ComposedText {
  try {
    return compose(text);
  } catch (error) {
    // The library gave up (its own invariant, or the stack): the document is broken for us.
    const message = error instanceof Error ? error.message : String(error);
    return failed({ code: 'yaml-syntax', params: { message }, start: 0, end: Math.min(1, text.length) });
  }
}

const failed = (problem: YamlProblem): ComposedText => ({ problems: [problem] });

/** The token tree, read no further than the limits allow. */
function parseTokens(text: string): readonly CST.Token[] | YamlProblem {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  let stray = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > YAML_LIMITS.tokens) {
      return { code: 'yaml-too-large', params: { limit: YAML_LIMITS.tokens, size: text.length }, start: 0, end: 0 };
    }
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') stray++;
    }
    // What lies on the parser's stack are the collections around the token, and the document.
    if (stray > YAML_LIMITS.strayTokens || parser.stack.length > YAML_LIMITS.depth + 4) break;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function compose(text: string): ComposedText {
  const tokens = parseTokens(text);
  if ('code' in tokens) return failed(tokens);
  const deep = firstTooDeep(tokens);
  if (deep !== undefined) {
    return failed({ code: 'yaml-too-deep', params: { limit: YAML_LIMITS.depth }, start: deep, end: deep + 1 });
  }
  const composer = new Composer({
    schema: 'failsafe',
    version: '1.1',
    // The same key twice: the last counts, as for kubectl; toPlain reports it.
    uniqueKeys: false,
    prettyErrors: false,
    strict: true,
    keepSourceTokens: false,
    logLevel: 'silent',
  });
  const documents: YamlDocument[] = [];
  for (const document of composer.compose(tokens, false)) documents.push(document as YamlDocument);
  const problems = documents.flatMap((document) =>
    document.errors.map(
      (error): YamlProblem => ({
        code: 'yaml-syntax',
        params: { message: error.message },
        start: clamp(error.pos[0], text.length),
        end: clamp(Math.max(error.pos[1], error.pos[0] + 1), text.length),
      }),
    ),
  );
  if (problems.length > 0) return { problems: problems.slice(0, 10) };
  const document = documents[0];
  if (document === undefined || isEmpty(document)) return { problems: [] };
  return { document, problems: [] };
}

const clamp = (offset: number, length: number) => Math.max(0, Math.min(offset, length));

function isEmpty(document: YamlDocument): boolean {
  const root: unknown = document.contents;
  if (root === null) return true;
  const { value, range } = root as { value?: unknown; range?: readonly number[] };
  return (value === null || value === '') && range !== undefined && range[0] === range[1];
}

/** Offset of the first collection that lies too deep; walks the token tree without recursion. */
function firstTooDeep(tokens: readonly CST.Token[]): number | undefined {
  const pending: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, depth } = next;
    if (token.type === 'document') {
      if (token.value !== undefined) pending.push({ token: token.value, depth });
    } else if ('items' in token) {
      if (depth >= YAML_LIMITS.depth) return token.offset;
      for (const item of token.items) {
        if (item.key) pending.push({ token: item.key, depth: depth + 1 });
        if (item.value) pending.push({ token: item.value, depth: depth + 1 });
      }
    }
  }
  return undefined;
}
