// The rules of tests/rules.test.mjs.
//
// A rule has: name (completes "no file has …"), instead (what to write), finds (whether a node of the tree is refused),
// files (which files it reads; default all), pending (files that still break the rule), and snippets that it must
// refuse and accept. A snippet is code, or [path, code] for a rule that depends on the file.

import { SyntaxKind } from 'typescript/unstable/ast';

const is =
  (...names) =>
  (node) =>
    names.some((name) => node?.kind === SyntaxKind[name]);
const isCall = is('CallExpression');
const isAccess = is('PropertyAccessExpression');
const isName = is('Identifier');
const isIn = (list) => (path) => list.some((one) => (one.endsWith('/') ? path.startsWith(one) : path === one));
const isOutside = (list) => (path) => !isIn(list)(path);

/** Returns the node without parentheses, `as` and `!`. */
const bare = (node) =>
  is('ParenthesizedExpression', 'AsExpression', 'NonNullExpression', 'SatisfiesExpression')(node)
    ? bare(node.expression)
    : node;
/** Returns "a.b" for an access of plain names; '' for anything else. */
const pathOf = (node) => {
  const inner = node && bare(node);
  if (isName(inner)) return inner.text;
  return isAccess(inner) && pathOf(inner.expression) ? `${pathOf(inner.expression)}.${inner.name.text}` : '';
};
const calls = (node, ...paths) => isCall(node) && paths.includes(pathOf(node.expression));
/** Returns whether `node` or something inside it satisfies `test`. */
const contains = (node, test) => {
  let found = test(node);
  node.forEachChild((child) => {
    found ||= contains(child, test);
  });
  return found;
};
const fileOf = (node) => (node.parent ? fileOf(node.parent) : node);

/** Returns whether an identifier stands for a value of that name, not for a member, a type or a declaration. */
const isRead = (node) => {
  const { parent } = node;
  if (isAccess(parent) && parent.name === node) return false;
  if (is('PropertyAssignment', 'MethodDeclaration', 'PropertySignature', 'PropertyDeclaration')(parent))
    return parent.initializer === node;
  return !is(
    'BindingElement',
    'Parameter',
    'VariableDeclaration',
    'TypeReference',
    'TypeQuery',
    'ImportSpecifier',
  )(parent);
};
/** Returns whether a file declares this name itself, as a variable, a parameter or a part of one. */
const isDeclared = (node) =>
  contains(fileOf(node), (other) => {
    const declares = is('BindingElement', 'Parameter', 'VariableDeclaration', 'ImportSpecifier')(other);
    return declares && isName(other.name) && other.name.text === node.text;
  });

const isNullPrototype = (node) =>
  contains(node, (part) => is('PropertyAssignment')(part) && part.name.text === '__proto__');
/** Returns whether a for…in loop checks each name, or reads an object without a prototype. */
const isChecked = (loop) => {
  const name = loop.initializer.declarations?.[0]?.name.text;
  const hasCheck = contains(
    loop.statement,
    (node) => calls(node, 'hasOwn') && isName(node.arguments[1]) && node.arguments[1].text === name,
  );
  if (hasCheck || isNullPrototype(loop.expression)) return true;
  const object = bare(loop.expression);
  return (
    isName(object) &&
    contains(
      fileOf(loop),
      (node) =>
        is('VariableDeclaration')(node) &&
        node.name.text === object.text &&
        !!node.initializer &&
        isNullPrototype(node.initializer),
    )
  );
};

const GLOBAL_OBJECTS = ['window', 'globalThis', 'self'];
const OPTIONAL = [
  ...['navigation', 'indexedDB', 'crypto', 'localStorage', 'sessionStorage', 'caches', 'cookieStore', 'trustedTypes'],
  ...['requestIdleCallback', 'scheduler'],
];
const readsGlobal = (node) => {
  if (isAccess(node) && GLOBAL_OBJECTS.includes(pathOf(node.expression))) return true;
  if (is('VariableDeclaration')(node) && is('ObjectBindingPattern')(node.name) && node.initializer)
    return GLOBAL_OBJECTS.includes(pathOf(node.initializer));
  return isName(node) && OPTIONAL.includes(node.text) && isRead(node) && !isDeclared(node);
};

const LITERALS = ['StringLiteral', 'NumericLiteral', 'NoSubstitutionTemplateLiteral', 'RegularExpressionLiteral'];
const isLiteral = is(...LITERALS, 'TrueKeyword', 'FalseKeyword', 'NullKeyword');
const isFunction = is('ArrowFunction', 'FunctionExpression', 'FunctionDeclaration');
const BUILT_IN = /^(Object|Array|Function|String|Number|Math|JSON|Date|Promise|Error)\b/;
/** Returns whether the value of an expression cannot throw, on whatever page. */
const isHarmless = (given) => {
  if (!given) return true;
  const node = bare(given);
  if (isLiteral(node) || isFunction(node) || isName(node)) return true;
  if (isAccess(node)) return BUILT_IN.test(pathOf(node));
  if (is('ArrayLiteralExpression')(node)) return node.elements.every(isHarmless);
  if (is('ObjectLiteralExpression')(node))
    return node.properties.every((part) =>
      is('PropertyAssignment')(part)
        ? isHarmless(part.initializer)
        : is('MethodDeclaration', 'ShorthandPropertyAssignment')(part),
    );
  if (is('BinaryExpression')(node)) return isHarmless(node.left) && isHarmless(node.right);
  if (is('PrefixUnaryExpression')(node)) return isHarmless(node.operand);
  if (is('NewExpression')(node))
    return /^(Map|Set|WeakMap|WeakSet)$/.test(pathOf(node.expression)) && !node.arguments?.length;
  return false;
};
const isDeclaration = is(
  ...['ImportDeclaration', 'ExportDeclaration', 'FunctionDeclaration', 'InterfaceDeclaration'],
  ...['TypeAliasDeclaration', 'ClassDeclaration', 'EndOfFile'],
);
const isTopLevelWork = (node, path) => {
  if (!is('SourceFile')(node.parent) || isDeclaration(node)) return false;
  if (is('ModuleDeclaration')(node)) return !node.modifiers?.some(is('DeclareKeyword'));
  // Functions of the frameworks that only make an object.
  const makes = {
    createContext: /^js\/react\//,
    forwardRef: /^js\/react\//,
    defineComponent: /^js\/vue\//,
  };
  const isMade = (given) => given && isCall(bare(given)) && makes[pathOf(bare(given).expression)]?.test(path);
  if (is('VariableStatement')(node))
    return !node.declarationList.declarations.every(
      ({ initializer }) => isHarmless(initializer) || isMade(initializer),
    );
  if (!is('ExpressionStatement')(node)) return true;
  // A directive: 'use client'.
  if (is('StringLiteral')(node.expression)) return false;
  // `load` catches everything itself; `useCore` keeps a function; `give` is the argument of a part (tools/shared.mjs);
  // `addPlugin` is guarded.
  const call = is('VoidExpression')(node.expression) ? node.expression.expression : node.expression;
  const allowed = {
    load: /^js\/entries\/script/,
    bringCore: /^js\/entries\/plain_script\.ts$/,
    addPlugin: /^js\/entries\/(data_layer|consent)_script\.ts$/,
    give: /^js\/entries\/(widgets|autotrack|formats|plugins|debug)\.ts$/,
    useCore: /^js\/core\/embedded\.ts$/,
  }[pathOf(call.expression)];
  return !(isCall(call) && allowed?.test(path));
};

const isPrototype = (node) => /\.prototype(\.|$)/.test(pathOf(node));
const changesPrototype = (node) =>
  (is('BinaryExpression')(node) && is('EqualsToken')(node.operatorToken) && isPrototype(node.left)) ||
  (calls(node, 'Object.assign') && isPrototype(node.arguments[0]));

const isEmptyText = (node) => is('StringLiteral')(node) && node.text === '';
const makesText = (node) =>
  calls(node, 'String') ||
  (is('TemplateExpression')(node) &&
    node.head.text === '' &&
    node.templateSpans.length === 1 &&
    node.templateSpans[0].literal.text === '') ||
  (is('BinaryExpression')(node) &&
    is('PlusToken')(node.operatorToken) &&
    (isEmptyText(node.left) || isEmptyText(node.right)));

const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'];

/**
 * @typedef {string | [path: string, code: string]} Snippet
 * @typedef {object} Rule
 * @property {string} name
 * @property {string} instead
 * @property {(node: any, path: string) => boolean} finds
 * @property {(path: string) => boolean} [files]
 * @property {string[]} [pending]
 * @property {Snippet[]} refused
 * @property {Snippet[]} accepted
 */

/** @type {Rule[]} */
export const rules = [
  {
    name: 'Array.from with two arguments',
    instead: 'Prototype.js and MooTools replace it by a function of one argument; write [...list] and a loop',
    finds: (node) => calls(node, 'Array.from') && node.arguments.length > 1,
    refused: ['Array.from(list, (x) => x);', 'Array.from({ length: 3 }, f);'],
    accepted: ['Array.from(list);', 'Uint8Array.from(list, f);', '[...list].map((x) => f(x));'],
  },
  {
    name: 'a for…in loop that finds what the page adds to Object.prototype',
    instead: 'call hasOwn(object, name) in the loop (js/ports/json.ts), or make the object with {__proto__: null}',
    finds: (node) => is('ForInStatement')(node) && !isChecked(node),
    pending: ['js/types/errors.ts'],
    refused: [
      'for (const name in object) use(name);',
      'for (const name in object) if (hasOwn(object, other)) use(name);',
      'for (const name in { ...a }) use(name);',
      'const object = {}; for (const name in object) use(name);',
    ],
    accepted: [
      'for (const name in object) if (hasOwn(object, name)) use(name);',
      'for (const name in object) { if (!hasOwn(object, name)) continue; use(name); }',
      'for (const name in { __proto__: null, ...a }) use(name);',
      'const object = { __proto__: null as never }; for (const name in object) use(name);',
      'for (const name of names) use(name);',
    ],
  },
  {
    name: 'a read of an optional global outside js/ports',
    instead: 'it may be missing, forbidden or the name of an element; read it in a file of js/ports',
    finds: readsGlobal,
    // html.ts reads it inside a try.
    files: isOutside(['js/ports/', 'widget/html.ts']),
    pending: [],
    refused: [
      'window.localStorage.getItem(key);',
      'const { navigation } = window as Page;',
      'if (globalThis.crypto) use();',
      '(self as Page).caches;',
      'indexedDB.open(name);',
      'use(trustedTypes);',
    ],
    accepted: [
      'host.navigation.use();',
      'const crypto = { a: 1 }; use(crypto);',
      "if ('onscrollend' in window) use();",
      'const listen = (target: Window) => target.addEventListener(type, f); listen(window);',
      'use({ caches: 1 });',
      ['js/ports/mirror.ts', 'indexedDB.open(name);'],
    ],
  },
  {
    name: 'a text made of whatever a shop has passed',
    instead: 'String(value) makes "[object Object]" and "NaN" of mistakes; check the type and throw a ValidationError',
    finds: makesText,
    files: isIn(['js/api/', 'js/entries/queued_calls.ts']),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the snippet is code
    refused: ['String(id)', '`${id}`', "id + ''", "'' + id"].map((code) => ['js/api/x.ts', `use(${code});`]),
    accepted: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the snippet is code
      ['js/api/x.ts', "use(`the id ${id}`, id + 1, 'a' + id, value.toString(), typeof id === 'string');"],
      ['js/page/x.ts', 'use(String(id));'],
    ],
  },
  {
    name: 'work at the top of a module',
    instead: 'an exception there takes the bundle of the shop along; do it in a function, at the first use',
    finds: isTopLevelWork,
    pending: ['js/entries/load.ts', 'js/types/errors.ts'],
    refused: [
      'const name = Math.random();',
      'const [first] = list();',
      'start();',
      'void load();',
      'const area = window.localStorage;',
      'const all = [...list];',
      'const map = new Map([[1, 2]]);',
      'const observer = new IntersectionObserver(f);',
      'if (a) b();',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the snippet is code
      'let mine = `${other}`;',
      ['js/core/x.ts', 'useCore(() => a);'],
      ['js/core/x.ts', 'const context = createContext(a);'],
      'namespace A { start(); }',
    ],
    accepted: [
      "import { a } from 'a'; export type { B } from 'b'; export * from 'c';",
      'interface A {} type B = A; class C extends Error {} function f() { start(); }',
      "const A = 1, B = 'x' + A, C = -1, D = [A, B], E = { A, b: [/x/], c() {} }, F = 2 ** 31 - 1;",
      'const f = () => start(); let later: string | undefined;',
      'const map = new Map<string, number>(), set = new WeakSet<Event>();',
      'const { hasOwnProperty: own } = Object.prototype;',
      ['js/entries/script.ts', "void load('vitrine', { a });"],
      ['js/core/embedded.ts', 'useCore(() => a);'],
      ['js/react/x.ts', "'use client'; const context = createContext(a), Widget: A = forwardRef(() => b) as C;"],
      ['js/vue/x.ts', 'const Widget = defineComponent({ setup() {} });'],
      "declare module 'a' { interface B {} } declare global { interface Window {} }",
    ],
  },
  {
    name: 'a clock or timer outside js/ports/clock.ts',
    instead:
      'datejs, zone.js and throttled pages replace Date.now and setTimeout; use the functions of js/ports/clock.ts',
    finds: (node) =>
      (isAccess(node) && pathOf(node) === 'Date.now') ||
      (is('NewExpression')(node) && pathOf(node.expression) === 'Date') ||
      (isName(node) && TIMERS.includes(node.text) && isRead(node) && !isDeclared(node)),
    files: isOutside(['js/ports/clock.ts']),
    refused: [
      'use(Date.now());',
      'use(new Date());',
      'setTimeout(f, 1);',
      'use(clearTimeout);',
      'const now = Date.now;',
    ],
    accepted: [
      'type Timer = ReturnType<typeof setTimeout>;',
      "import { later } from '../ports/clock.js'; later(f, 1);",
      ['js/ports/clock.ts', 'Date.now();'],
    ],
  },
  {
    name: 'a console line outside js/ports/report.ts',
    instead:
      'the console may be missing or replaced, and onError must get the fault; use report() of js/ports/report.ts',
    finds: (node) => isName(node) && node.text === 'console' && isRead(node),
    files: isOutside(['js/ports/report.ts']),
    refused: ["console.warn('x');", "console[level]('x');", 'use(console);'],
    accepted: ["report('warn', 'x', 'code');", ['js/ports/report.ts', "console.warn('x');"]],
  },
  {
    name: 'JSON.stringify outside js/ports/json.ts',
    instead: 'it calls the toJSON methods that pages add to prototypes; use toJson of js/core/text.ts, or stringify',
    finds: (node) => isAccess(node) && pathOf(node) === 'JSON.stringify',
    files: isOutside(['js/ports/json.ts']),
    refused: ['JSON.stringify(a);', 'const write = JSON.stringify;'],
    accepted: ['JSON.parse(a);', 'toJson(a);', ['js/ports/json.ts', 'JSON.stringify(a);']],
  },
  {
    name: 'a toJSON method',
    instead:
      'stringify ignores those of prototypes, and a page may call its own; convert the value where it is written',
    finds: (node) => isName(node) && node.text === 'toJSON',
    files: isOutside(['js/ports/json.ts']),
    refused: ['class A { toJSON() {} }', 'value.toJSON();', 'const a = { toJSON: f };'],
    accepted: ['toJson(value);', ['js/ports/json.ts', 'const { toJSON } = value;']],
  },
  {
    name: 'a change of a prototype',
    instead: 'it throws where the page has frozen the prototype behind it; use Object.defineProperty or a class member',
    finds: changesPrototype,
    refused: ["Error.prototype.name = 'x';", 'A.prototype = b;', 'Object.assign(A.prototype, { a });'],
    accepted: [
      'a.name = b;',
      'use(A.prototype);',
      'Object.assign(a, A.prototype);',
      'if (A.prototype === b) use();',
      "Object.defineProperty(A.prototype, 'a', b);",
    ],
  },
  {
    name: 'hasOwnProperty called on an object',
    instead: 'the object may have no prototype, or a member of that name; call hasOwn of js/ports/json.ts',
    finds: (node) => isCall(node) && isAccess(node.expression) && node.expression.name.text === 'hasOwnProperty',
    refused: ["object.hasOwnProperty('a');", "a.b.hasOwnProperty('a');"],
    accepted: ["hasOwn(object, 'a');", 'const { hasOwnProperty: own } = Object.prototype;', "own.call(object, 'a');"],
  },
];
