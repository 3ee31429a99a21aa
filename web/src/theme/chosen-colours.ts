/** Where a person's choice of light or dark is kept. */
export const COLOUR_KEY = 'sallyport-colour';

/** Holds to the chosen colours before the app is here: no flash of those of the system. */
export function holdChosenColours(): void {
  try {
    const chosen = localStorage.getItem(COLOUR_KEY);
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.chosenColours = chosen;
  } catch {
    // A forbidden store holds no choice.
  }
}
