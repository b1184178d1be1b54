import next from 'eslint-config-next/core-web-vitals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '.next/**',
      'dist/**',
      'node_modules/**',
      'next-env.d.ts',
      'test-results/**',
      '.tidegate/**',
      'server/client/api-types.ts',
    ],
  },
  ...next,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      // It warns of libraries that the React Compiler cannot memoize; the compiler is not used here.
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    // Default exports only where Next wants them.
    files: ['server/**/*.ts', 'components/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
      ],
    },
  },
  {
    // One link for the console, which fetches nothing before it is followed.
    files: ['components/**/*.tsx', 'app/**/*.tsx'],
    ignores: ['components/ui/link.tsx'],
    rules: {
      'no-restricted-imports': ['error', { name: 'next/link', message: 'Use components/ui/link.tsx.' }],
    },
  },
  {
    // The one reader of process.env is server/runtime/env.ts; a setting is validated there once. The agent and the
    // command line are programs of their own, on other machines.
    files: ['server/**/*.ts', 'components/**/*.{ts,tsx}', 'app/**/*.{ts,tsx}'],
    ignores: ['server/runtime/**', 'server/testing/**', 'server/agent/cli.ts', 'server/cli/main.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read settings through server/runtime/env.ts.' },
      ],
    },
  },
);
