// The audit log: as a list, as it happens, and as a file.
import { listAccessEventsInput, mqttAccessEvent } from '@/server/contract/access';
import { event, exportEventsInput, listEventsInput, streamEventsInput } from '@/server/contract/fleet';
import { listAccessEvents } from '@/server/engine/devices/list-access-events';
import { exportEvents } from '@/server/engine/diagnosis/export-events';
import { listEvents } from '@/server/engine/diagnosis/list-events';
import { requirePermission } from '@/server/engine/auth/permissions';
import { assert } from '@/server/lib/assert';
import { route } from '../contract';
import { exportStream } from '../event-export';
import { eventStream } from '../event-stream';
import { FILE_TYPES, fileType } from '../file-stream';
import { paged } from './answers';

const EVENTS = '/projects/{project_id}/events';

const read = { method: 'GET', body: null, permission: 'PROJECT_CAN_VIEW', output: event } as const;

export const getEvents = route(
  { ...read, path: EVENTS, summary: 'The audit log, newest first', query: listEventsInput, isList: true },
  ({ ctx, param, query }) => paged(listEvents({ ctx, projectId: param('project_id'), input: query })),
);

export const getEventStream = route(
  {
    ...read,
    path: `${EVENTS}/stream`,
    summary: 'Events as they happen, as server-sent events; resumes by Last-Event-ID',
    query: streamEventsInput,
    streams: ['text/event-stream'],
  },
  async ({ ctx, param, query, live }) => {
    requirePermission(ctx, 'PROJECT_CAN_VIEW');
    assert(live !== undefined, 'a stream is served through the door');
    const { last_event_id: given, ...filter } = query;
    const lastEventId = live.lastEventId ?? given ?? null;
    const input = { ctx, projectId: param('project_id'), filter, lastEventId, live };
    return { stream: await eventStream(input), contentType: 'text/event-stream; charset=utf-8' };
  },
);

export const getEventExport = route(
  {
    ...read,
    path: `${EVENTS}/export`,
    summary: 'The audit log as a file, oldest first',
    query: exportEventsInput,
    streams: FILE_TYPES,
  },
  async ({ ctx, param, query: { format, ...filter } }) => ({
    stream: exportStream(await exportEvents({ ctx, projectId: param('project_id'), filter }), format),
    contentType: fileType(format),
    fileName: `events.${format}`,
  }),
);

export const getMqttAccessEvents = route(
  {
    ...read,
    path: '/projects/{project_id}/mqtt-access-events',
    summary: 'Connections, failed authentication and denied topics, as the broker saw them',
    query: listAccessEventsInput,
    output: mqttAccessEvent,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listAccessEvents({ ctx, projectId: param('project_id'), input: query })),
);
