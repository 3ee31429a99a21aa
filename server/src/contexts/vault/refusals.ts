import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  sealed_value_damaged: {
    status: 500,
    title:
      'A stored credential could not be decrypted because it was altered, moved or truncated outside Sallyport.',
    next: 'Enter the credential again. Admins can find details in the audit log under vault.open_failed.',
  },
  rotation_running: {
    status: 409,
    title: 'A key rotation is already in progress.',
    next: 'Wait for it to finish. Its progress is shown with the keys.',
  },
});
