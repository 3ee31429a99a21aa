import { Menu } from '@mantine/core';
import type { EnvironmentName } from '@sallyport/contract';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { useBuilder, useEditor, useView } from '../builder-context.ts';
import { useSources } from '../queries/use-sources.ts';
import { ENVIRONMENTS } from '../view-store.ts';

const TONES: Record<EnvironmentName, string> = {
  development: 'sp-off',
  staging: 'sp-warn',
  production: 'sp-ok',
};

/** Where the draft runs. Production is for releases. */
export function EnvironmentMenu() {
  const { view } = useBuilder();
  const environment = useView((s) => s.environment);
  const queries = useEditor((s) => s.queries);
  const sources = useSources();
  const used = new Set(Object.values(queries).map((query) => query.document.source));
  const lacking = (name: EnvironmentName) =>
    sources
      .filter(
        (source) => used.has(source.slug) && !source.environments.some((one) => one.environment === name),
      )
      .map((source) => source.name);
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <button
          type="button"
          className="sp-btn sp-sm"
          aria-label={`Drafts run in ${environmentNames[environment]}`}
        >
          <i className={`sp-dot ${TONES[environment]}`} />
          {environmentNames[environment]}
          <IconChevronDown size={14} stroke={2} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Run draft in</Menu.Label>
        {ENVIRONMENTS.map((name) => (
          <Menu.Item
            key={name}
            leftSection={<i className={`sp-dot ${TONES[name]}`} />}
            rightSection={name === environment && <IconCheck size={14} stroke={2} aria-hidden="true" />}
            onClick={() => view.getState().show({ environment: name })}
          >
            {environmentNames[name]}
            {lacking(name).length > 0 && (
              <span className="sp-t3 sp-xs" style={{ display: 'block' }}>
                Not set up for {lacking(name).join(', ')}
              </span>
            )}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Only releases run in production.</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
