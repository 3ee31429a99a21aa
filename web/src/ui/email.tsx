/** An email address, which is broken where its parts meet before it is broken in a word. */
export function Email({ of }: { readonly of: string }) {
  return of.split(/(?<=\.)|(?=@)/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: its parts have their places, and may be the same
    <span key={at}>
      {at > 0 && <wbr className="sp-email-break" />}
      {part}
    </span>
  ));
}
