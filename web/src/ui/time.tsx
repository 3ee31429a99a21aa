import { fullTime, shortTime, timeWithin } from '../lib/when.ts';
import { Hint } from './hint.tsx';

interface TimeProps {
  readonly at: string;
  readonly seconds?: boolean;
  /** Inside a sentence: `today, 09:41`, `yesterday`. */
  readonly within?: boolean;
}

/** A time as the look says it; the full one, with zone and UTC, on hover and focus. */
export function Time({ at, seconds, within }: TimeProps) {
  const { local, utc } = fullTime(at);
  return (
    <Hint text={`${local}\n${utc}`}>
      <time dateTime={at} className="sp-tn sp-nw">
        {within ? timeWithin(at) : shortTime(at, new Date(), seconds)}
      </time>
    </Hint>
  );
}
