import { notify } from './toast-store.ts';

/**
 * Opens an address in a tab that knows nothing of this one. A browser refuses that when the last press of a button is some
 * seconds ago, as it is after a slow query: the address is then offered for a press of its own.
 */
export function openTab(address: string): void {
  // With `noopener`, the answer is null whether it opened or not.
  const tab = window.open('', '_blank');
  if (tab === null) {
    notify({
      tone: 'bad',
      title: 'Your browser blocked a new tab.',
      text: address,
      action: { label: 'Open', run: () => openTab(address) },
    });
    return;
  }
  tab.opener = null;
  tab.location.replace(address);
}
