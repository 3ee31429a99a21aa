import { IconDatabase } from '@tabler/icons-react';

const bar = (x: number, y: number, width: number, fill = 'var(--sp-line-strong)', height = 4) => (
  <rect key={`${x}-${y}`} x={x} y={y} width={width} height={height} rx="2" fill={fill} />
);
const frame = { fill: 'var(--sp-surface)', stroke: 'var(--sp-line-strong)' };

/** A database, the gate, a page. */
export const ConnectPicture = () => (
  <svg width="226" height="112" viewBox="0 0 226 112" aria-hidden="true">
    <path d="M64 56h100" stroke="var(--sp-line-strong)" strokeDasharray="3 3" />
    <rect x="1" y="32" width="64" height="48" rx="6" {...frame} />
    <IconDatabase x={21} y={44} size={24} stroke={1.5} color="var(--sp-text-2)" />
    <rect x="161" y="32" width="64" height="48" rx="6" {...frame} />
    {bar(173, 44, 40)}
    {bar(173, 54, 40)}
    {bar(173, 64, 26)}
    <g transform="translate(95 37) scale(2.25)" color="var(--sp-text)">
      <path fill="currentColor" d="M1 15V8a7 7 0 0 1 14 0v7h-3V8a4 4 0 0 0-8 0v7z" />
      <path fill="var(--sp-accent-text)" d="M5 15V8a3 3 0 0 1 3-3v10z" />
    </g>
  </svg>
);

/** A list, a selected row, and its form. */
export const GeneratePicture = () => (
  <svg width="240" height="112" viewBox="0 0 240 112" aria-hidden="true">
    <rect x="12" y="8" width="150" height="96" rx="6" {...frame} />
    {bar(22, 18, 38, 'var(--sp-text-3)', 5)}
    <rect x="128" y="16" width="24" height="9" rx="3" fill="var(--sp-accent)" />
    {[36, 52, 68, 84].flatMap((y) => [bar(22, y, 30), bar(62, y, 50), bar(126, y, 26)])}
    <rect x="13" y="46" width="148" height="16" fill="var(--sp-accent-text)" opacity=".13" />
    <rect x="170" y="8" width="58" height="96" rx="6" {...frame} />
    {bar(178, 18, 28, 'var(--sp-text-3)', 5)}
    {[34, 52, 70].map((y) => (
      <rect key={y} x="178" y={y} width="42" height="11" rx="3" fill="none" stroke="var(--sp-control)" />
    ))}
    <rect x="196" y="90" width="24" height="8" rx="3" fill="var(--sp-accent)" />
  </svg>
);

/** The statements that are new. */
export const PublishPicture = () => (
  <svg width="240" height="112" viewBox="0 0 240 112" aria-hidden="true">
    <rect x="30" y="14" width="180" height="84" rx="6" {...frame} />
    <rect x="31" y="28" width="178" height="16" fill="var(--sp-ok-soft)" />
    <rect x="31" y="48" width="178" height="16" fill="var(--sp-sunken)" />
    <rect x="31" y="68" width="178" height="16" fill="var(--sp-ok-soft)" />
    {[36, 76].map((y) => (
      <path key={y} d={`M40 ${y}h7m-3.5-3.5v7`} stroke="var(--sp-ok)" strokeWidth="1.75" />
    ))}
    {bar(56, 34, 96, 'var(--sp-ok)')}
    {bar(56, 54, 70)}
    {bar(56, 74, 112, 'var(--sp-ok)')}
  </svg>
);
