// The typed client's types are what the description says now. `npm run api:types` writes them again.
import openapiTS, { astToString } from 'openapi-typescript';
import { expect, it } from 'vitest';
import { openApiDocument } from '@/server/http/openapi';

const HEAD = `// Generated from the API's description by \`npm run api:types\`; a test fails when it is behind.\n\n`;

it('has the types of the description as it is served: else run npm run api:types', async () => {
  const document = JSON.parse(JSON.stringify(openApiDocument())) as Parameters<typeof openapiTS>[0];
  const types = astToString(await openapiTS(document, { alphabetize: true, defaultNonNullable: false }));
  await expect(HEAD + types).toMatchFileSnapshot('./api-types.ts');
  // Seconds of work, and more of them on a machine that has other work.
}, 60_000);
