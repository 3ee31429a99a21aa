import './lib/strict-page.ts';
import './theme/index.ts';
import { holdChosenColours } from './theme/chosen-colours.ts';

holdChosenColours();

// Imported late on purpose: nothing else may be evaluated before the page is strict.
void import('./app/start.tsx').then(({ start }) => start());
