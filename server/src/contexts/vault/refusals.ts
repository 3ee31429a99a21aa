import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  sealed_value_damaged: {
    status: 500,
    title: 'A sealed credential cannot be decrypted: it was altered, moved or truncated outside Sallyport.',
    next: 'Enter the credential again. An admin finds the place in the audit log under vault.open_failed.',
  },
  rotation_running: {
    status: 409,
    title: 'A key rotation is already in progress.',
    next: 'Wait until it has finished; its progress is shown with the keys.',
  },
});
