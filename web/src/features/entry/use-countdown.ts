import { useEffect, useState } from 'react';

/** Seconds left of a wait that the server asked for; zero when it is over. */
export function useCountdown(seconds: number | undefined, since: number): number {
  const [now, setNow] = useState(Date.now());
  const left = seconds === undefined ? 0 : Math.max(0, Math.ceil((since + seconds * 1_000 - now) / 1_000));
  const running = left > 0;
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return left;
}
