import type { Plugin } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/**
 * The browser calls routes and checks no answer against its schema: the server has. So a build leaves the schemas of
 * `route({ … })` out, and marks every value of the contract as made without an effect, so that those that nobody names
 * are not shipped, and the schema library only where one is. Both follow from the contract's own rule: no I/O, pure data.
 */
export function stripSchemas(): Plugin {
  return {
    name: 'sallyport:strip-schemas',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /[\\/]contract[\\/]src[\\/][^\\/]+\.ts$/ },
      handler(code) {
        const edits: { readonly at: number; readonly to: number; readonly text: string }[] = [];
        const visit = (node: Node): void => {
          if (isRoute(node)) {
            const [definition] = node.arguments as [Node];
            for (const property of definition.properties as Node[]) {
              const name = (property.key as { name?: string } | undefined)?.name ?? '';
              const value = property.value as Node;
              if (['params', 'query', 'body', 'streamed'].includes(name))
                edits.push({ ...span(value), text: 'undefined' });
              else if (name === 'response' && value.type !== 'Literal')
                edits.push({ ...span(value), text: '{}' });
            }
            return;
          }
          for (const child of Object.values(node)) {
            if (Array.isArray(child)) child.filter(isNode).forEach(visit);
            else if (isNode(child)) visit(child);
          }
        };
        for (const statement of this.parse(code).body as unknown as Node[]) {
          visit(statement);
          const declared = (statement.declaration ?? statement) as Node;
          if (declared.type !== 'VariableDeclaration') continue;
          for (const { init } of declared.declarations as { init: Node | null }[]) {
            if (init === null) continue;
            edits.push({ at: init.start, to: init.start, text: '/* @__PURE__ */ (() => (' });
            edits.push({ at: init.end, to: init.end, text: '))()' });
          }
        }
        let text = code;
        for (const { at, to, text: by } of edits.sort((a, b) => b.at - a.at))
          text = text.slice(0, at) + by + text.slice(to);
        return { code: text, map: null };
      },
    },
  };
}

const span = ({ start, end }: Node) => ({ at: start, to: end });
const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string';
const isRoute = (node: Node): boolean =>
  node.type === 'CallExpression' &&
  (node.callee as { name?: string }).name === 'route' &&
  (node.arguments as Node[])[0]?.type === 'ObjectExpression';
