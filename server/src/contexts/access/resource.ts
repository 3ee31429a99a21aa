/** What an action is done to. Left out, it is the actor's own organization. */
export interface Resource {
  readonly kind: 'app';
  readonly id: string;
  readonly attributes?: {
    /** An app's audience. When both are left out, members are refused. */
    readonly everyone?: boolean;
    readonly groups?: readonly string[];
    /** When the caller knows it from elsewhere than the actor: another organization's is refused. */
    readonly organizationId?: string;
  };
}
