import { type AppPages, COMPONENTS, type ComponentType } from '@sallyport/contract';

/** Words that expressions already mean something by, and the one that a record of names cannot hold. */
const RESERVED = new Set(
  (
    'currentUser url variables constants localStorage utils undefined null true false NaN Infinity this arguments eval ' +
    'Math JSON Date Object Array String Number Boolean Intl Map Set RegExp Symbol BigInt Promise Error globalThis window self ' +
    'break case catch class const continue debugger default delete do else enum export extends finally for function if ' +
    'import in instanceof let new return static super switch throw try typeof var void while with yield await async of ' +
    '__proto__'
  ).split(' '),
);
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** Every component id of the app. */
export function componentIds(document: AppPages): Set<string> {
  return new Set(Object.values(document.pages).flatMap((page) => Object.keys(page.components)));
}

/** A free id such as `table3`; `taken` holds components and queries of the whole app (B2). */
export function freeId(prefix: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const id = `${prefix}${n}`;
    if (!taken.has(id)) return id;
  }
}

/** A free id for a new component of a type. */
export function newComponentId(type: ComponentType, taken: ReadonlySet<string>): string {
  return freeId(COMPONENTS[type].idPrefix, taken);
}

/** A free id for a copy: `table1` → `table2`, `search` → `search2`. */
export function copyId(id: string, taken: ReadonlySet<string>): string {
  const [digits] = /(?<!\d)\d+$/.exec(id) ?? [''];
  const base = id.slice(0, id.length - digits.length).slice(0, 56) || '_';
  for (let n = digits ? Number(digits) + 1 : 2; ; n += 1) {
    if (!taken.has(`${base}${n}`)) return `${base}${n}`;
  }
}

/** Why a name cannot be given to a component, query or variable; undefined when it can. */
export function nameProblem(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name === '') return 'Enter a name.';
  if (!IDENTIFIER.test(name))
    return 'Use letters, digits and _, starting with a letter or _. Maximum 63 characters.';
  if (RESERVED.has(name)) return `“${name}” is reserved in expressions. Choose another name.`;
  if (taken.has(name)) return `“${name}” is already used in this app. Choose another name.`;
  return undefined;
}
