/** Of what does something where a value is wanted. */
export const ONLY_COMPUTE = 'Expressions only compute. Add a step to an event instead.';

const byWord = (pairs: readonly (readonly [words: string, is: string])[]): ReadonlyMap<string, string> =>
  new Map(pairs.flatMap(([words, is]) => words.split(' ').map((word): [string, string] => [word, is])));

/** Names that expressions of other builders, and code of a page, begin with; and what is written here instead. */
const ROOTS = byWord([
  ['moment dayjs luxon', 'Write dates with new Date(…).toLocaleDateString() or Intl.DateTimeFormat.'],
  ['numeral', 'Write numbers with Number(…).toLocaleString() or Intl.NumberFormat.'],
  ['_ lodash', 'Lists have filter(), toSorted() and reduce(); Object.groupBy() puts them in groups.'],
  ['formatDataAsArray formatDataAsObject', 'The data of a query is a list of rows already.'],
  ['components', 'Write the component’s own name, as in table1.selectedRow.'],
  ['queries', 'Write the query’s own name, as in query1.data.'],
  ['appsmith globals urlparams', 'There are currentUser, url.searchParams and variables.'],
  [
    'currentRow currentIndex currentItem currentSourceRow rowData listItem item',
    'Make the rows yourself: query1.data.map((row) => ({ ...row, … })).',
  ],
  ['constants secrets', 'Only queries can use constants.'],
  ['window document location', 'Expressions reach nothing outside the app. Its address is url.'],
  ['localStorage sessionStorage', 'Keep it in a variable, set from an event.'],
  ['fetch axios', 'Use a query.'],
  [
    'alert console setTimeout showAlert showNotification navigateTo storeValue showModal openModal closeModal resetWidget copyToClipboard download utils',
    ONLY_COMPUTE,
  ],
  ['structuredClone', 'Copy with [...list] or { ...row }.'],
]);

/** What is done, and not read. */
const DEEDS = new Set(
  'run trigger reset setValue clearValue resetValue focus validate refresh clearSelection submit close'.split(
    ' ',
  ),
);

/** Properties by the names that other builders give them. */
const PROPERTIES = byWord([
  ['isLoading loading', 'isFetching'],
  ['rawData', 'data'],
  ['data tableData currentPageData filteredTableData processedTableData', 'rows'],
  ['searchText searchValue', 'search'],
  ['text inputValue selectedOptionValue selectedOptionValues selectedDate formattedDate isChecked', 'value'],
  ['selectedOptionLabel selectedLabel', 'label'],
  ['isVisible visible', 'open'],
  ['firstName lastName fullName username', 'name'],
]);

/** A sentence on what is written instead of a name that other tools have. */
export const insteadOf = (root: string): string | undefined => ROOTS.get(root);

export const isDeed = (property: string): boolean => DEEDS.has(property);

/** The one of `known` that other builders call by this name. */
export function calledHere(property: string, known: readonly string[]): string | undefined {
  const name = property === 'data' && known.includes('values') ? 'values' : PROPERTIES.get(property);
  return name !== undefined && known.includes(name) ? name : undefined;
}
