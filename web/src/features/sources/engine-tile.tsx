import type { Engine } from '@sallyport/contract';
import { IconApi, IconDatabase } from '@tabler/icons-react';

export function EngineTile({ engine, large }: { readonly engine: Engine; readonly large?: boolean }) {
  const Icon = engine === 'rest' ? IconApi : IconDatabase;
  return (
    <span className={`sp-icon-tile sp-engine${large ? ' sp-large' : ''}`} aria-hidden="true">
      <Icon size={large ? 19 : 16} stroke={1.75} />
    </span>
  );
}
