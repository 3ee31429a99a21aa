import { create } from 'qrcode';
import { useMemo } from 'react';

/** A QR code drawn as one path: dark on light in both schemes, since cameras want it so. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { path, side } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const runs: string[] = [];
    for (let y = 0; y < modules.size; y += 1) {
      for (let x = 0; x < modules.size; x += 1) {
        if (modules.get(y, x)) runs.push(`M${x + 4} ${y + 4}h1v1h-1z`);
      }
    }
    return { path: runs.join(''), side: modules.size + 8 };
  }, [text]);
  return (
    <svg
      width={168}
      height={168}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
