import { useEffect, useState } from 'react';

/** True once something has been under way for two seconds: then it can be stopped. */
export function useLong(underWay: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!underWay) {
      setLong(false);
      return;
    }
    const timer = setTimeout(() => setLong(true), 2_000);
    return () => clearTimeout(timer);
  }, [underWay]);
  return long;
}
