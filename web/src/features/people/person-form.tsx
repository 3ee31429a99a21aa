import { Select, TagsInput, TextInput } from '@mantine/core';
import { contract, type PersonRow, type RoleName } from '@sallyport/contract';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { sameValue } from '../../lib/same-value.ts';
import { useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LeaveQuestion } from '../../ui/leave-question.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { PanelSection } from '../../ui/side-panel.tsx';
import { notify } from '../../ui/toast-store.ts';
import { roleNames, rolesUpTo } from './roles.ts';

type Pair = { readonly name: string; readonly value: string };
const pairsOf = (attributes: Record<string, string>): readonly Pair[] =>
  Object.entries(attributes).map(([name, value]) => ({ name, value }));

/** Role, groups and attributes. Policies and queries read them, on the server. */
export function PersonForm({
  person,
  disabledReason,
}: {
  readonly person: PersonRow;
  readonly disabledReason: string | false;
}) {
  const me = useMe();
  const [role, setRole] = useState(person.role);
  const [groups, setGroups] = useState([...person.groups]);
  const [pairs, setPairs] = useState(pairsOf(person.attributes));
  const change = useChange(contract.identity.changePerson, {
    refreshes: [contract.identity.listPeople],
    onDone: (saved) => {
      // As the server writes them.
      setGroups([...saved.groups]);
      notify({
        tone: 'ok',
        title: `${saved.name} was changed`,
        text: 'The change applies from their next request.',
      });
    },
  });
  const names = pairs.map(({ name }) => name).filter((name) => name !== '');
  const wrong = names.some((name) => !/^[a-z][a-z0-9_]{0,39}$/.test(name))
    ? 'Use lowercase letters, digits and _, starting with a letter.'
    : new Set(names).size < names.length && 'Two attributes have the same name.';
  const attributes = Object.fromEntries(
    pairs.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]),
  );
  const changed =
    role !== person.role || !sameValue(groups, person.groups) || !sameValue(attributes, person.attributes);
  const given = rolesUpTo(me.role);
  const put = (at: number, pair: Pair) => setPairs(pairs.map((each, index) => (index === at ? pair : each)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed && !wrong && !change.isPending)
      change.mutate({ params: { id: person.id }, body: { role, groups, attributes } });
  };
  return (
    <PanelSection>
      <SectionHead title="Role and groups" />
      <LeaveQuestion loses={() => changed} beforeUnload={() => changed}>
        Your changes to {person.name} are not saved.
      </LeaveQuestion>
      <form onSubmit={submit} className="sp-col sp-g12">
        <Select
          label="Role"
          data={(Object.entries(roleNames) as [RoleName, string][]).map(([value, label]) => ({
            value,
            label,
            disabled: !given.includes(value),
          }))}
          value={role}
          onChange={(value) => setRole((value ?? person.role) as RoleName)}
          allowDeselect={false}
          disabled={Boolean(disabledReason)}
        />
        <TagsInput
          label="Groups"
          value={groups}
          onChange={setGroups}
          maxTags={50}
          disabled={Boolean(disabledReason)}
          placeholder={groups.length === 0 ? 'Type a group, then press Enter' : ''}
        />
        <fieldset className="sp-fields-plain">
          <legend className="sp-lab">Attributes</legend>
          {pairs.map((pair, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an attribute has no name of its own while it is typed
            <div className="sp-row" key={at} style={{ marginBottom: 6 }}>
              <TextInput
                aria-label="Attribute name"
                placeholder="region"
                w={130}
                value={pair.name}
                onChange={(event) => put(at, { ...pair, name: event.currentTarget.value })}
                disabled={Boolean(disabledReason)}
                styles={{ input: { fontFamily: 'var(--sp-mono)', fontSize: 12 } }}
              />
              <TextInput
                aria-label="Attribute value"
                className="sp-grow"
                placeholder="eu"
                value={pair.value}
                onChange={(event) => put(at, { ...pair, value: event.currentTarget.value })}
                disabled={Boolean(disabledReason)}
                maxLength={200}
              />
              <IconButton
                label="Remove attribute"
                icon={<IconX size={14} stroke={2} />}
                disabledReason={disabledReason}
                onClick={() => setPairs(pairs.filter((_, index) => index !== at))}
              />
            </div>
          ))}
          <Button
            size="xs"
            icon={<IconPlus size={14} stroke={2} aria-hidden="true" />}
            disabledReason={disabledReason || (pairs.length >= 20 && 'At most 20.')}
            onClick={() => setPairs([...pairs, { name: '', value: '' }])}
          >
            Add attribute
          </Button>
          {wrong && <p className="sp-hint sp-bad">{wrong}</p>}
        </fieldset>
        <FailureNote error={change.error} />
        <div>
          <Button
            type="submit"
            tone="primary"
            size="sm"
            busy={change.isPending && 'Saving…'}
            disabledReason={
              disabledReason ||
              (!changed && 'There is nothing to save.') ||
              (wrong && 'An attribute name is not valid.')
            }
          >
            Save
          </Button>
        </div>
      </form>
    </PanelSection>
  );
}
