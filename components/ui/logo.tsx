// The mark: a gate in the tide. The same drawing as public/logo.svg.
const WAVE = 'c1.3-1.4 2.7-1.4 4 0s2.7 1.4 4 0 2.7-1.4 4 0 2.7 1.4 4 0';

/** The mark at `size` pixels; it says nothing to a screen reader, the name beside it does. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} fill="none" aria-hidden>
      <rect width="24" height="24" rx="6" fill="#0b6b74" />
      <path d="M7.5 5v14M16.5 5v14" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
      <path d={`M4 11.2${WAVE}M4 15.2${WAVE}`} stroke="#9fe0e6" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
