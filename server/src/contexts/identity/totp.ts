import { Secret as OtpSecret, TOTP } from 'otpauth';
import { Secret } from '../../kernel/secret.ts';

const ISSUER = 'Sallyport';
const STEP_MS = 30_000;

/** 160 random bits, as RFC 4226 recommends, in base32. */
export function newTotpSecret(): Secret {
  return new Secret(new OtpSecret({ size: 20 }).base32);
}

/** What an authenticator app scans. */
export function totpUri(secret: Secret, email: string): string {
  return new TOTP({ issuer: ISSUER, label: email, secret: secret.reveal() }).toString();
}

export function looksLikeTotp(code: string): boolean {
  return /^\d{6}$/.test(code.replaceAll(' ', ''));
}

/** The time step that the code belongs to, when it is of now or of a neighbour (RFC 6238, 5.2); never one used before. */
export function acceptedStep(
  secret: Secret,
  code: string,
  now: number,
  lastStep: number | null,
): number | undefined {
  const delta = TOTP.validate({
    token: code.replaceAll(' ', ''),
    secret: OtpSecret.fromBase32(secret.reveal()),
    timestamp: now,
    window: 1,
  });
  if (delta === null) return undefined;
  const step = Math.floor(now / STEP_MS) + delta;
  return lastStep !== null && step <= lastStep ? undefined : step;
}
