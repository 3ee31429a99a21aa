import { useEffect, useState } from 'react';

/** True once something has been under way for so long; after 150 ms, so that quick answers show no skeleton. */
export function useSlow(underWay: boolean, ms = 150): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!underWay) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), ms);
    return () => clearTimeout(timer);
  }, [underWay, ms]);
  return slow;
}
