import { useSyncExternalStore } from 'react';

let printing = false;

function subscribe(listener: () => void): () => void {
  const told = ({ type }: Event) => {
    printing = type === 'beforeprint';
    listener();
  };
  window.addEventListener('beforeprint', told);
  window.addEventListener('afterprint', told);
  return () => {
    window.removeEventListener('beforeprint', told);
    window.removeEventListener('afterprint', told);
  };
}

/** Whether the page is being printed: then what is out of sight is drawn too. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => printing);
