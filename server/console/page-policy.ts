// What a page may load and run (Content-Security-Policy). Devices name tables, columns and values, and pages show
// them: should one ever get past React as markup, no script of its making runs. Scripts run by a nonce that is new with
// each page, and those that they load themselves; nothing comes from another site, and no site may frame a page.
const NONCE_BYTES = 16;

/** A nonce for one page. */
export function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(NONCE_BYTES))));
}

/** The policy of a page whose own scripts carry `nonce`. A page in development reports its errors through `eval`. */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  const directives = {
    'default-src': "'self'",
    'script-src': `'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    'script-src-attr': "'none'",
    // Mantine sets sizes and colours as style attributes.
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-src': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
