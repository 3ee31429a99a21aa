import { useEffect, useState } from 'react';

/** True once something has been under way for 150 ms, so that quick answers show no skeleton. */
export function useSlow(underWay: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!underWay) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), 150);
    return () => clearTimeout(timer);
  }, [underWay]);
  return slow;
}
