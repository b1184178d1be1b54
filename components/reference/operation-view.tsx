import { CodeBlock } from '@/components/ui/code-block';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import type { OperationPage } from '@/server/contract/api-reference';
import { FieldTable } from './field-table';
import { Method } from './method';
import classes from './reference.module.css';

/** One operation: what it takes, what it answers, how it refuses, and a command to try. */
export function OperationView({ operation }: { operation: OperationPage }) {
  const { method, path, summary, description, parameters, body, answer, refusals, example } = operation;
  return (
    <>
      <PageHeader
        back={{ href: '/reference', label: 'API reference' }}
        title={summary}
        facts={
          <>
            <Method name={method} /> <code className={classes.path}>{path}</code> <span>{description}</span>
          </>
        }
      />
      <div className={classes.stack}>
        <Panel title="Example">
          <CodeBlock label="Example" text={example} />
        </Panel>
        {parameters.length === 0 ? null : (
          <Panel title="Parameters" flush>
            <FieldTable label="Parameters" lines={parameters} />
          </Panel>
        )}
        {body === null ? null : (
          <Panel title="Body" flush>
            <FieldTable label="Body" lines={body} />
          </Panel>
        )}
        <Panel title={`Answer ${answer.status}`} aside={answer.type} flush>
          <FieldTable label="Answer" lines={answer.fields} />
        </Panel>
        <Panel title="Refusals">
          <dl className={classes.refusals}>
            {refusals.map(({ status, when }) => (
              <div key={status}>
                <dt className="tg-num">{status}</dt>
                <dd>{when}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      </div>
    </>
  );
}
