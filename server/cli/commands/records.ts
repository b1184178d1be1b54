import type { Command } from 'commander';
import type { Shape } from '@/server/client/client';
import { act, count, listOptions, showList, showOne, type ListOptions } from '../call';
import { cell, type Column } from '../output';
import { answered, deviceIdOf } from '../session';
import type { Terminal } from '../terminal';
import { watchEvents, type EventFilters } from '../watch-events';

const EVENTS: readonly Column<Shape<'Event'>>[] = [
  { title: 'AT', of: ({ at }) => at },
  { title: 'KIND', of: ({ kind }) => kind },
  { title: 'BY', of: ({ actor }) => actor.label },
  { title: 'SUBJECT', of: ({ subject }) => `${subject.kind} ${subject.id}` },
];

const REJECTED: readonly Column<Shape<'RejectedBatch'>>[] = [
  { title: 'RECEIVED', of: (batch) => batch.received_at },
  { title: 'CODE', of: ({ code }) => code },
  { title: 'DEVICE', of: (batch) => batch.device_name },
  { title: 'TABLE', of: (batch) => batch.source_table },
  { title: 'BYTES', of: ({ bytes }) => bytes, align: 'right' },
  { title: 'RETRIED', of: (batch) => batch.retry_outcome },
  { title: 'ID', of: ({ id }) => id },
];

interface EventOptions {
  kind?: string;
  device?: string;
  since?: string;
  count?: number;
}

const eventOptions = (command: Command): Command =>
  command
    .option('--kind <kind>', 'one kind, or a family: "edge_schema_review.*"')
    .option('--device <name>', 'about one device, by name or UUID')
    .option('--since <time>', 'from this time on, as 2026-01-31T08:00:00Z');

/** `tidegate events list|watch` */
export function addEvents(program: Command, terminal: Terminal): void {
  const events = program.command('events').description('the audit log, and what happens now');
  const queryOf = async (call: { session: Parameters<typeof deviceIdOf>[0]; options: EventOptions }) => {
    const { kind, device, since } = call.options;
    return {
      ...(kind === undefined ? {} : { kind }),
      ...(device === undefined ? {} : { device_id: await deviceIdOf(call.session, device) }),
      ...(since === undefined ? {} : { since }),
    } satisfies EventFilters;
  };
  eventOptions(listOptions(events.command('list').description('what happened, newest first')))
    .addHelpText('after', '\nExample:\n  tidegate events list --kind "edge_schema_review.*" --limit 10')
    .action(
      act<EventOptions & ListOptions>(terminal, async (call) => {
        const path = await call.session.inProject();
        const query = await queryOf(call);
        await showList(call, EVENTS, (paging) =>
          answered(
            call.session.client.GET('/projects/{project_id}/events', {
              params: { path, query: { ...query, ...paging } },
            }),
          ),
        );
      }),
    );
  eventOptions(events.command('watch').description('what happens from now on, as it happens'))
    .option('--count <n>', 'end after so many events', count)
    .addHelpText(
      'after',
      '\nWith --json, one event a line.\n\nExample:\n  tidegate events watch --json | jq .kind',
    )
    .action(
      act<EventOptions>(terminal, async (call) => {
        await watchEvents({
          session: call.session,
          filters: await queryOf(call),
          wanted: call.options.count ?? Infinity,
          onEvent: (event) => {
            const line = EVENTS.map((column) => cell(column.of(event))).join('  ');
            terminal.print(call.options.json === true ? JSON.stringify(event) : line);
          },
          onLost: (why) => terminal.say(`The connection was lost (${why}); going on where it was.`),
        });
      }),
    );
}

/** `tidegate rejected list|retry` */
export function addRejected(program: Command, terminal: Terminal): void {
  const rejected = program.command('rejected').description('messages that were refused');
  listOptions(rejected.command('list').description('the inbox of rejected messages'))
    .option('--code <code>', 'one rejection code')
    .option('--device <name>', 'of one device, by name or UUID')
    .option('--since <time>', 'from this time on')
    .addHelpText('after', '\nExample:\n  tidegate rejected list --code invalid_json')
    .action(
      act<ListOptions & { code?: string; device?: string; since?: string }>(terminal, async (call) => {
        const { code, device, since } = call.options;
        const path = await call.session.inProject();
        const query = {
          ...(code === undefined ? {} : { code }),
          ...(device === undefined ? {} : { device_id: await deviceIdOf(call.session, device) }),
          ...(since === undefined ? {} : { since }),
        };
        await showList(call, REJECTED, (paging) =>
          answered(
            call.session.client.GET('/projects/{project_id}/edge/rejected-batches', {
              params: { path, query: { ...query, ...paging } },
            }),
          ),
        );
      }),
    );
  rejected
    .command('retry <batch>')
    .description('take a rejected message in again; it stays rejected where the fault is still there')
    .addHelpText('after', '\nExample:\n  tidegate rejected retry 0197b3c2-…')
    .action(
      act(terminal, async (call) => {
        const path = { ...(await call.session.inProject()), rejected_batch_id: call.arg(0) };
        const { data } = await answered(
          call.session.client.POST('/projects/{project_id}/edge/rejected-batches/{rejected_batch_id}/retry', {
            params: { path },
          }),
        );
        showOne(call, data, { ...data });
      }),
    );
}
