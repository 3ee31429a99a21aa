import './lib/strict-page.ts';
import './theme/index.ts';
import { holdChosenColours } from './theme/chosen-colours.ts';

holdChosenColours();

// By it a number keeps all its digits, to a browser and from it (contract/src/exact-json.ts): nothing else can, and an id
// that is rounded is another's. What this browser lacks besides is older.
if ('rawJSON' in JSON) {
  // Imported late on purpose: nothing else may be evaluated before the page is strict.
  void import('./app/start.tsx').then(({ start }) => start());
} else {
  const word = document.querySelector<HTMLElement>('.sp-late');
  word?.style.setProperty('--sp-late', '0s');
  word?.replaceChildren(
    'Sallyport does not work in this browser: it is too old. Use Chrome or Edge 120, Firefox 135, Safari 18.4, or a later version.',
  );
}
