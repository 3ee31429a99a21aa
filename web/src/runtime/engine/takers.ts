import type { QuerySignature } from '@sallyport/contract';
import type { Dependencies } from '../sandbox/messages.ts';
import type { ComponentStates } from './component-states.ts';

export interface TakersDeps {
  readonly dependencies: () => Dependencies;
  readonly query: (name: string) => QuerySignature | undefined;
  readonly components: () => Pick<ComponentStates, 'formOf' | 'inputsOf'>;
  readonly isForm: (id: string) => boolean;
}

/** Who takes the value of an input, by what the expressions read. */
export interface Takers {
  /** A filter: queries that read take it, and no step and no other query does. */
  isFilter(input: string): boolean;
  /** The inputs whose values a query that changes something takes. */
  sentBy(query: string): string[];
  /** The inputs that show the selected row of a table. */
  readersOf(table: string): string[];
}

export function createTakers({ dependencies, query, components, isForm }: TakersDeps): Takers {
  return {
    isFilter(input) {
      if (components().formOf(input) !== undefined) return false;
      const taken = Object.entries(dependencies())
        .filter(([, read]) => read.includes(input) || read.includes(`${input}.value`))
        .map(([reader]) => reader.split(':'))
        .filter(([kind]) => kind === 'query' || kind === 'on');
      return (
        taken.length > 0 &&
        taken.every(([kind, name = '']) => kind === 'query' && query(name)?.effect === 'read')
      );
    },
    sentBy(name) {
      const { effect = 'read', arguments: taken = [] } = query(name) ?? {};
      if (effect === 'read') return [];
      const slots = taken.flatMap((argument) => dependencies()[`query:${name}:${argument.name}`] ?? []);
      return [...new Set(slots.map((slot) => slot.split('.')[0]!))].flatMap((id) =>
        isForm(id) ? components().inputsOf(id) : [id],
      );
    },
    readersOf: (table) =>
      Object.entries(dependencies())
        .filter(
          ([id, read]) => id.endsWith('.value') && read.some((one) => one.startsWith(`${table}.selected`)),
        )
        .map(([id]) => id.slice(0, -'.value'.length)),
  };
}
