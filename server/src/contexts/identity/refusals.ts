import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  sign_in_failed: {
    status: 401,
    title: 'The email, password or code is wrong.',
    next: 'Check them and try again.',
  },
  second_factor_required: {
    status: 401,
    title: 'This account requires a two-factor code.',
    next: 'Enter the six-digit code from the authenticator app, or a recovery code.',
  },
  sign_in_throttled: {
    status: 429,
    title: 'Too many failed attempts.',
    next: 'Wait {seconds} seconds and try again.',
  },
  too_many_strangers: {
    status: 429,
    title: 'Too many requests from this address with unknown sessions or tokens.',
    next: 'Wait {seconds} seconds and try again.',
  },
  sign_in_busy: {
    status: 503,
    title: 'Too many people are signing in right now.',
    next: 'Try again in a few seconds.',
  },
  access_turned_off: {
    status: 403,
    title: 'Your access was turned off.',
    next: 'Ask an admin of your organization to turn it on again.',
  },
  password_weak: {
    status: 422,
    title: 'This password is too easy to guess.',
    next: 'Choose a longer one, such as four or five unrelated words.',
  },
  password_wrong: { status: 403, title: 'The password is wrong.', next: 'Enter your current password.' },
  code_wrong: {
    status: 403,
    title: 'The code is wrong or was already used.',
    next: 'Wait for the next code in your authenticator app, or use a recovery code.',
  },
  first_code_wrong: {
    status: 403,
    title: 'The code is wrong.',
    next: 'Enter the code that your authenticator app shows now. If it is rejected again, check the clock of your phone, or start over with a new key.',
  },
  second_factor_exists: {
    status: 409,
    title: 'Two-factor authentication is already on.',
    next: 'Turn it off first, then set it up again.',
  },
  second_factor_absent: {
    status: 409,
    title: 'Two-factor authentication is not set up.',
    next: 'Set it up first.',
  },
  setup_link_invalid: {
    status: 403,
    title: 'This setup link is not valid.',
    next: 'Use the link that the server printed when it last started.',
  },
  setup_done: {
    status: 409,
    title: 'This installation already has an owner.',
    next: 'Sign in, or ask the owner for an invitation.',
  },
  invitation_invalid: {
    status: 404,
    title: 'This invitation is no longer valid.',
    next: 'Ask for a new one.',
  },
  reset_link_invalid: {
    status: 404,
    title: 'This link is no longer valid.',
    next: 'Ask an admin of your organization for a new one.',
  },
  reset_link_absent: {
    status: 404,
    title: 'This person has no active password reset link.',
    next: 'It was used, expired or was revoked.',
  },
  reset_own: {
    status: 409,
    title: 'This is your own account.',
    next: 'Change your password on your account page, or ask another admin.',
  },
  reset_elsewhere: {
    status: 403,
    title: 'You cannot reset this person’s account because they also belong to other organizations.',
    next: 'An admin of all their organizations can do it, or the operator on the server.',
  },
  person_turned_off: {
    status: 409,
    title: 'This person’s access is turned off.',
    next: 'Turn it on first.',
  },
  name_required: { status: 422, title: 'A name is required.', next: 'Enter the name that others will see.' },
  already_member: {
    status: 409,
    title: 'This person is already in the organization.',
    next: 'Edit them on the People page instead.',
  },
  person_not_found: {
    status: 404,
    title: 'Person not found.',
    next: 'Check the list of people.',
  },
  session_not_found: {
    status: 404,
    title: 'Session not found.',
    next: 'Check the list of sessions.',
  },
  token_limit: {
    status: 409,
    title: 'You already have {limit} API tokens, the maximum.',
    next: 'Revoke one that you no longer use.',
  },
  invitation_not_found: {
    status: 404,
    title: 'Invitation not found.',
    next: 'Check the list of invitations.',
  },
  organization_not_found: {
    status: 404,
    title: 'Organization not found.',
    next: 'Choose one that you belong to.',
  },
  role_above_own: {
    status: 403,
    title: 'You cannot assign or change a role above your own.',
    next: 'Ask an owner to do it.',
  },
  last_owner: {
    status: 409,
    title: 'This is the only owner of the organization.',
    next: 'Make another person an owner first.',
  },
  self_disable: {
    status: 409,
    title: 'You cannot turn off your own access.',
    next: 'Ask another admin to do it.',
  },
  session_required: {
    status: 403,
    title: 'This cannot be done with an API token.',
    next: 'Sign in with a browser to do it.',
  },
});
