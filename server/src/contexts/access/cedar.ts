import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { ActionTable } from '../../kernel/registered.ts';
import type { Policy } from './policies.ts';

/** One question, in Cedar's words. */
export interface CedarRequest {
  readonly principal: cedar.EntityUid;
  readonly action: cedar.EntityUid;
  readonly resource: cedar.EntityUid;
  readonly entities: cedar.Entities;
}

export interface CedarAnswer {
  readonly allowed: boolean;
  readonly policies: readonly string[];
  /** Not empty: the answer is no, whatever the policies said. */
  readonly errors: readonly string[];
}

let engines = 0;

/**
 * Parses and validates the policies once; throws when one does not parse, does not fit the schema, or could never
 * apply. Cedar keeps parsed sets by name in memory, so each engine has names of its own.
 */
export function cedarEngine(policies: readonly Policy[], actions: ActionTable) {
  const schema = schemaOf(actions);
  const set: cedar.PolicySet = { staticPolicies: Object.fromEntries(policies.map((p) => [p.id, p.text])) };
  const checked = cedar.validate({ schema, policies: set, validationSettings: { mode: 'strict' } });
  if (checked.type === 'failure') throw new Error(`The policies do not parse: ${messages(checked.errors)}`);
  const wrong = [...checked.validationErrors, ...checked.validationWarnings];
  if (wrong.length > 0) {
    throw new Error(
      `The policies do not fit: ${wrong.map((w) => `${w.policyId}: ${w.error.message}`).join('; ')}`,
    );
  }
  const name = `sallyport-${++engines}`;
  for (const parsed of [cedar.preparseSchema(name, schema), cedar.preparsePolicySet(name, set)]) {
    if (parsed.type === 'failure') throw new Error(`The policies do not parse: ${messages(parsed.errors)}`);
  }
  return (request: CedarRequest): CedarAnswer => {
    const answer = cedar.statefulIsAuthorized({
      ...request,
      context: {},
      preparsedSchemaName: name,
      preparsedPolicySetId: name,
      validateRequest: true,
    });
    if (answer.type === 'failure')
      return { allowed: false, policies: [], errors: answer.errors.map((e) => e.message) };
    const { decision, diagnostics } = answer.response;
    const errors = diagnostics.errors.map((e) => `${e.policyId}: ${e.error.message}`);
    // A3: Cedar skips a policy that fails, and a skipped `forbid` would be a permit.
    return { allowed: decision === 'allow' && errors.length === 0, policies: diagnostics.reason, errors };
  };
}

function messages(errors: readonly cedar.DetailedError[]): string {
  return errors.map((e) => e.message).join('; ');
}

function schemaOf(actions: ActionTable): cedar.SchemaJson<string> {
  const text = { type: 'String' } as const;
  const texts = { type: 'Set', element: text } as const;
  const audience = {
    everyone: { type: 'Boolean', required: false },
    groups: { ...texts, required: false },
  } as const;
  return {
    '': {
      entityTypes: {
        Role: {},
        Organization: {},
        Person: {
          memberOfTypes: ['Role'],
          shape: {
            type: 'Record',
            attributes: { organization: { type: 'Entity', name: 'Organization' }, groups: texts },
          },
        },
        App: { memberOfTypes: ['Organization'], shape: { type: 'Record', attributes: audience } },
        // It belongs to the organization that operates it.
        Installation: { memberOfTypes: ['Organization'] },
      },
      actions: Object.fromEntries(
        Object.entries(actions).map(([id, { on }]) => [
          id,
          {
            appliesTo: {
              principalTypes: ['Person'],
              resourceTypes: on === 'installation' ? ['Installation'] : ['Organization', 'App'],
            },
          },
        ]),
      ),
    },
  };
}
