// Reads from one TypeScript module what the layer check needs: what it imports (and whether only
// its types), and which impure globals it uses. Syntax only, no type checker: a few ms a file.
import ts from 'typescript';

/**
 * @typedef {{ specifier: string, typeOnly: boolean, line: number }} Import
 * @typedef {{ what: string, line: number }} ImpureUse
 */

const IMPURE_MEMBERS = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.getRandomValues',
  'crypto.randomUUID',
]);
const IMPURE_GLOBALS = new Set(['fetch', 'console', 'XMLHttpRequest', 'WebSocket', 'setTimeout', 'setInterval']);

/**
 * Returns the imports and the impure uses of a module, in the order of the text.
 * Counts as imports: static imports and re-exports, `import()`, `import('...')` types,
 * `new URL('...', import.meta.url)` and the fixed beginning of `import.meta.glob('...')`.
 * @param {string} path
 * @param {string} text
 * @returns {{ imports: Import[], impure: ImpureUse[] }}
 */
export function readModule(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  /** @type {Import[]} */
  const imports = [];
  /** @type {ImpureUse[]} */
  const impure = [];
  /** @param {ts.Node} node */
  const lineOf = (node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

  /** @param {ts.Node} specifier @param {boolean} typeOnly */
  const add = (specifier, typeOnly) => {
    if (ts.isStringLiteralLike(specifier)) {
      imports.push({ specifier: specifier.text, typeOnly, line: lineOf(specifier) });
    }
  };

  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyImport(node));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, isTypeOnlyExport(node));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node)) readCall(node);
    else if (ts.isNewExpression(node)) readNew(node);
    else if (ts.isPropertyAccessExpression(node) && IMPURE_MEMBERS.has(node.getText(source))) {
      impure.push({ what: node.getText(source), line: lineOf(node) });
    } else if (ts.isIdentifier(node) && IMPURE_GLOBALS.has(node.text) && isReference(node)) {
      impure.push({ what: node.text, line: lineOf(node) });
    }
    ts.forEachChild(node, visit);
  };

  /** @param {ts.CallExpression} call */
  const readCall = (call) => {
    const [first] = call.arguments;
    if (first === undefined) {
      if (call.expression.getText(source) === 'Date') impure.push({ what: 'Date()', line: lineOf(call) });
    } else if (call.expression.kind === ts.SyntaxKind.ImportKeyword) add(first, false);
    else if (call.expression.getText(source) === 'import.meta.glob') {
      const patterns = ts.isArrayLiteralExpression(first) ? first.elements : [first];
      for (const pattern of patterns) {
        if (!ts.isStringLiteralLike(pattern)) continue;
        imports.push({ specifier: pattern.text.split('*')[0] ?? '', typeOnly: false, line: lineOf(pattern) });
      }
    }
  };

  /** @param {ts.NewExpression} creation */
  const readNew = (creation) => {
    const name = creation.expression.getText(source);
    const [first, second] = creation.arguments ?? [];
    if (name === 'Date' && first === undefined) impure.push({ what: 'new Date()', line: lineOf(creation) });
    if (name === 'URL' && first !== undefined && second?.getText(source) === 'import.meta.url') add(first, false);
  };

  visit(source);
  return { imports, impure };
}

/** @param {ts.ImportDeclaration} node */
function isTypeOnlyImport(node) {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  if (clause.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

/** @param {ts.ExportDeclaration} node */
function isTypeOnlyExport(node) {
  if (node.isTypeOnly) return true;
  const clause = node.exportClause;
  if (clause === undefined || !ts.isNamedExports(clause)) return false;
  return clause.elements.length > 0 && clause.elements.every((element) => element.isTypeOnly);
}

/** True when the identifier reads a variable (not the name of a property, parameter, import or type member). */
/** @param {ts.Identifier} node */
function isReference(node) {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return false;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node;
  return !(
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isJsxAttribute(parent)
  );
}
