import { Radio } from '@mantine/core';
import type { SourceView } from '@sallyport/contract';

interface ModeFieldProps {
  readonly mode: SourceView['mode'];
  readonly onChange: (mode: SourceView['mode']) => void;
}

/** Whether anything may be written at a source. */
export function ModeField({ mode, onChange }: ModeFieldProps) {
  return (
    <Radio.Group
      label="Access"
      value={mode}
      onChange={(value) => onChange(value === 'read' ? 'read' : 'read-write')}
    >
      <div className="sp-col sp-g6" style={{ marginTop: 6 }}>
        <Radio value="read-write" label="Read and write" />
        <Radio value="read" label="Read-only: Sallyport refuses every write" />
      </div>
    </Radio.Group>
  );
}
