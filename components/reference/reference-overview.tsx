import { CodeBlock } from '@/components/ui/code-block';
import { PageHeader } from '@/components/ui/page-header';
import { Facts, Panel } from '@/components/ui/panel';
import classes from './reference.module.css';

const DESCRIPTION_PATH = '/core/api/v1/openapi.json';

const FIRST_CALL = `curl -sS -H "Authorization: Bearer $TIDEGATE_TOKEN" "$TIDEGATE_URL/core/api/v1/projects"`;

const COMMON = [
  { name: 'Base path', value: <code>/core/api/v1</code> },
  {
    name: 'Signing in',
    value:
      'A personal API token, made under Settings, in the header Authorization. Where you are in several organisations, name one in ORG-ID.',
  },
  { name: 'Success', value: <code>{'{ "ok": 1, "data": …, "meta": null or paging }'}</code> },
  {
    name: 'Refusal',
    value: <code>{'{ "ok": 0, "message": "a_stable_code", "detail": "what is wrong and what to do" }'}</code>,
  },
  {
    name: 'Lists',
    value:
      'page and limit (at most 500), or cursor with the next_cursor of the page before: every page then costs the same.',
  },
  {
    name: 'Sending again',
    value:
      'With an Idempotency-Key, the same call gives the first answer again for 24 hours, and happens once.',
  },
  {
    name: 'Unknown names',
    value: 'A parameter or field that is not listed here is refused, never ignored.',
  },
] as const;

/** What holds for every operation. */
export function ReferenceOverview({ operations, shapes }: { operations: number; shapes: number }) {
  return (
    <>
      <PageHeader
        title="API reference"
        facts={`${operations} operations, ${shapes} shapes, as this installation serves them`}
        actions={
          <a className={classes.download} href={DESCRIPTION_PATH}>
            openapi.json
          </a>
        }
      />
      <div className={classes.stack}>
        <Panel title="For every operation">
          <Facts items={[...COMMON]} />
        </Panel>
        <Panel title="A first call">
          <CodeBlock label="A first call" text={FIRST_CALL} />
        </Panel>
      </div>
    </>
  );
}
