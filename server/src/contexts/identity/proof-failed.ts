import { INSTALLATION, type OrganizationId, type PersonId } from '../../kernel/ids.ts';

/** `turned_off`: they proved it, and may not come in. */
export type FailedProof = 'unknown' | 'password' | 'second_factor_asked' | 'second_factor' | 'turned_off';

/** Somebody does not come in. Callers turn it into their refusal and put it on the record. */
export class ProofFailed extends Error {
  readonly reason: FailedProof;
  readonly person: { readonly id: PersonId; readonly email: string } | undefined;
  /** Whose log tells of it. */
  readonly organization: OrganizationId;
  constructor(reason: FailedProof, person?: ProofFailed['person'], organization?: OrganizationId | null) {
    super(reason);
    this.name = 'ProofFailed';
    this.reason = reason;
    this.person = person;
    this.organization = organization ?? INSTALLATION;
  }
}
