import { fullTime, shortTime } from '../lib/when.ts';
import { Hint } from './hint.tsx';

/** A time as the look says it; the full one, with zone and UTC, on hover and focus. */
export function Time({ at, seconds }: { readonly at: string; readonly seconds?: boolean }) {
  const { local, utc } = fullTime(at);
  return (
    <Hint
      text={
        <span className="sp-tn">
          {local}
          <br />
          {utc}
        </span>
      }
    >
      <time dateTime={at} className="sp-tn sp-nw">
        {shortTime(at, new Date(), seconds)}
      </time>
    </Hint>
  );
}
