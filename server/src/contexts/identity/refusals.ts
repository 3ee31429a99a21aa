import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  sign_in_failed: {
    status: 401,
    title: 'The e-mail, the password or the code is wrong.',
    next: 'Check them and try again.',
  },
  second_factor_required: {
    status: 401,
    title: 'This account has a second factor.',
    next: 'Send the six digits of the authenticator app, or a recovery code.',
  },
  sign_in_throttled: {
    status: 429,
    title: 'Too many failed attempts.',
    next: 'Wait {seconds} seconds and try again.',
  },
  too_many_strangers: {
    status: 429,
    title: 'Too many invalid sessions or tokens from this address.',
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
    title: 'The code is wrong or was used before.',
    next: 'Wait for the next code of your authenticator app, or give a recovery code.',
  },
  first_code_wrong: {
    status: 403,
    title: 'This is not the code that the app shows now.',
    next: 'Enter the current code. If it is refused again, check the clock of the phone, or start again with a new key.',
  },
  second_factor_exists: {
    status: 409,
    title: 'A second factor is already on.',
    next: 'Remove it first, to set up another.',
  },
  second_factor_absent: {
    status: 409,
    title: 'No second factor is set up or being set up.',
    next: 'Set one up first.',
  },
  setup_link_invalid: {
    status: 403,
    title: 'This set-up link is not valid.',
    next: 'Use the link that the server printed at its last start.',
  },
  setup_done: {
    status: 409,
    title: 'This installation has its owner already.',
    next: 'Sign in, or ask the owner for an invitation.',
  },
  invitation_invalid: {
    status: 404,
    title: 'This invitation is not valid any more.',
    next: 'Ask for a new one.',
  },
  reset_link_invalid: {
    status: 404,
    title: 'This link is not valid any more.',
    next: 'Ask an admin of your organization for a new one.',
  },
  reset_link_absent: {
    status: 404,
    title: 'This person has no open reset link.',
    next: 'It was used, expired or was withdrawn.',
  },
  reset_own: {
    status: 409,
    title: 'This is your own account.',
    next: 'Change your password on your account page, or ask another admin.',
  },
  reset_elsewhere: {
    status: 403,
    title: 'You cannot reset this person’s account, because they belong to another organization too.',
    next: 'An owner or admin of all of their organizations can do it, or the operator on the server.',
  },
  person_turned_off: {
    status: 409,
    title: 'This person’s access is turned off.',
    next: 'Turn it on first.',
  },
  name_required: {
    status: 422,
    title: 'Your name is missing.',
    next: 'Enter the name that others will see.',
  },
  already_member: {
    status: 409,
    title: 'This person is already a member of the organization.',
    next: 'Change them on the people page instead.',
  },
  person_not_found: {
    status: 404,
    title: 'There is no such person here.',
    next: 'Look at the list of people.',
  },
  session_not_found: {
    status: 404,
    title: 'There is no such session.',
    next: 'Look at the list of sessions.',
  },
  token_limit: {
    status: 409,
    title: 'You already have {limit} API tokens here.',
    next: 'Revoke one that you no longer use.',
  },
  invitation_not_found: {
    status: 404,
    title: 'There is no such invitation.',
    next: 'Look at the list of invitations.',
  },
  organization_not_found: {
    status: 404,
    title: 'There is no such organization for you.',
    next: 'Choose one that you belong to.',
  },
  role_above_own: {
    status: 403,
    title: 'You cannot give or change a role above your own.',
    next: 'Ask an owner to do it.',
  },
  last_owner: {
    status: 409,
    title: 'This is the last owner of the organization.',
    next: 'Make another person an owner first.',
  },
  self_disable: {
    status: 409,
    title: 'You cannot turn off your own access.',
    next: 'Ask another admin to do it.',
  },
  session_required: {
    status: 403,
    title: 'An API token cannot do this.',
    next: 'Sign in with a browser and do it there.',
  },
});
