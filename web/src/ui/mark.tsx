/** The gate with one leaf shut and one way open. */
export function Mark({ size = 18 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path fill="currentColor" d="M1 15V8a7 7 0 0 1 14 0v7h-3V8a4 4 0 0 0-8 0v7z" />
      <path fill="var(--sp-accent-text)" d="M5 15V8a3 3 0 0 1 3-3v10z" />
    </svg>
  );
}
