const radii = [300, 396, 492, 588, 684, 780, 876];

/** The gate, drawn large and faint behind the sign-in box. */
export function Arches() {
  return (
    <svg className="sp-arch" viewBox="0 0 1440 900" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
      {radii.map((radius, at) => (
        <path
          key={radius}
          d={`M${720 - radius} 900V480a${radius} ${radius} 0 0 1 ${radius * 2} 0V900`}
          fill="none"
          stroke={at === 1 ? 'var(--sp-accent-line)' : 'var(--sp-line-strong)'}
          strokeWidth="1"
          opacity={0.7 - at * 0.09}
        />
      ))}
    </svg>
  );
}
