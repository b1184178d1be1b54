/** What every answer carries. Pages have a policy of their own beside it (proxy.ts). */
const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
};
/** What is no page is not drawn: it loads nothing and is framed by nobody. */
const noPage = { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" };
const headersOf = (named) => Object.entries(named).map(([key, value]) => ({ key, value }));

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: false,
  // The server side of the console talks to Postgres through these; they stay outside the bundle.
  serverExternalPackages: ['postgres', 'pino'],
  experimental: {
    // A page that was open within these seconds opens from what the browser has, at once; what it shows is read again.
    staleTimes: { dynamic: 300 },
    optimizePackageImports: [
      '@mantine/core',
      '@mantine/hooks',
      '@mantine/notifications',
      '@mantine/spotlight',
      '@tabler/icons-react',
    ],
  },
  headers: () => [
    { source: '/:path*', headers: headersOf(everywhere) },
    // Its address changes with it, and every page names it anew.
    { source: '/icon.svg', headers: headersOf({ 'Cache-Control': 'public, max-age=31536000, immutable' }) },
    { source: '/:door(core|api|healthz|readyz|metrics)/:path*', headers: headersOf(noPage) },
  ],
  // The type check is its own step of `npm test`; a build must not repeat it.
  typescript: { ignoreBuildErrors: true },
};

export default config;
