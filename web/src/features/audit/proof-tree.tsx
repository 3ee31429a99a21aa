import type { ProofNode } from './inclusion-path.ts';

const width = 104;
const height = 26;
const rise = 50;
const step = 58;
const short = (hash: string): string => `${hash.slice(0, 4)}…${hash.slice(-2)}`;

interface ProofTreeProps {
  readonly nodes: readonly ProofNode[];
  readonly root: string;
  readonly holds: boolean;
}

/** The path from this record up to the signed root; a long one is shortened in the middle. */
export function ProofTree({ nodes, root, holds }: ProofTreeProps) {
  const [leaf] = nodes;
  if (!leaf) return null;
  const inner = nodes.slice(1, -1);
  const kept = inner.length > 2 ? [...inner.slice(0, 1), ...inner.slice(-1)] : inner;
  const levels = [leaf, ...kept];
  const floors = nodes.length > 1 ? levels : [];
  const top = floors.length * rise;
  const across = (level: number) => 44 + level * step;
  const y = (level: number) => top - level * rise;
  const cut = inner.length > 2;
  return (
    <svg
      className="sp-proof"
      width="100%"
      viewBox={`0 0 430 ${top + height + 1}`}
      role="img"
      aria-label={`With ${nodes.length - 1} neighbouring hashes, this record leads to the root ${short(root)}${holds ? '' : ', which is not the signed one'}`}
    >
      {floors.map((node, level) => {
        const x = across(level);
        const middle = y(level) - (rise - height) / 2;
        return (
          <g key={node.hash} fill="none">
            <path
              d={`M${x + 168} ${y(level)}V${middle}H${x + step + width / 2}`}
              stroke="var(--sp-line-strong)"
            />
            <path
              d={`M${x + width / 2} ${y(level)}V${middle}H${x + step + width / 2}V${y(level + 1) + height}`}
              stroke="var(--sp-accent-text)"
              strokeWidth="2"
              strokeDasharray={cut && level === 1 ? '2 3' : undefined}
            />
          </g>
        );
      })}
      {levels.map((node, level) => (
        <g key={node.hash} transform={`translate(${across(level)} ${y(level)})`}>
          <rect
            width={width}
            height={height}
            rx="5"
            fill={level === 0 ? 'var(--sp-accent)' : 'var(--sp-accent-soft)'}
            stroke={level === 0 ? 'var(--sp-accent)' : 'var(--sp-accent-line)'}
          />
          <text
            x={width / 2}
            y="17"
            textAnchor="middle"
            style={{ fill: level === 0 ? '#fff' : 'var(--sp-accent-text)' }}
          >
            {level === 0 ? 'this record' : short(node.hash)}
          </text>
          {node.neighbour && (
            <g transform="translate(116 0)">
              <rect
                width={width}
                height={height}
                rx="5"
                fill="var(--sp-surface)"
                stroke="var(--sp-line-strong)"
                strokeDasharray="3 3"
              />
              <text x={width / 2} y="17" textAnchor="middle">
                {short(node.neighbour)}
              </text>
            </g>
          )}
        </g>
      ))}
      {nodes.length > 1 && (
        <g transform={`translate(${across(levels.length)} 0.5)`}>
          <rect
            width={width}
            height={height}
            rx="5"
            fill={holds ? 'var(--sp-ok-soft)' : 'var(--sp-bad-soft)'}
            stroke={holds ? 'var(--sp-ok-dot)' : 'var(--sp-bad-dot)'}
          />
          <text
            x={width / 2}
            y="17"
            textAnchor="middle"
            style={{ fill: holds ? 'var(--sp-ok)' : 'var(--sp-bad)' }}
          >
            root {short(root)}
          </text>
        </g>
      )}
      <text x="0" y={top + 17} className="sp-proof-word">
        leaf
      </text>
    </svg>
  );
}
