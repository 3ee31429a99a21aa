/** A name such as `identity.owner_created`, which is broken where its words meet before it is broken in one. */
export function CodeName({ of }: { readonly of: string }) {
  return (
    <span className="sp-mono">
      {of.split(/(?<=[.:_])/).map((word, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its words have their places, and may be the same
        <span key={at}>
          {at > 0 && <wbr />}
          {word}
        </span>
      ))}
    </span>
  );
}
