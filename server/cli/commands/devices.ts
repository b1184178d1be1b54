import type { Command } from 'commander';
import type { Shape } from '@/server/client/client';
import { act, listOptions, showList, showOne, type ListOptions } from '../call';
import type { Column } from '../output';
import { answered, deviceIdOf } from '../session';
import type { Terminal } from '../terminal';

const COLUMNS: readonly Column<Shape<'Device'>>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'CONNECTED', of: ({ connected }) => (connected ? 'yes' : 'no') },
  { title: 'LAST SEEN', of: (device) => device.last_seen_at },
  { title: 'ROOT TOPIC', of: (device) => device.root_topic },
  { title: 'ID', of: ({ id }) => id },
];

interface DeviceFilters extends ListOptions {
  fleet?: string;
  connected?: true;
  disconnected?: true;
  search?: string;
}

/** `tidegate devices list|get` */
export function addDevices(program: Command, terminal: Terminal): void {
  const devices = program.command('devices').description('devices and whether they are connected');
  listOptions(devices.command('list').description('the devices of the project'))
    .option('--fleet <id>', 'of one fleet')
    .option('--connected', 'only those that are connected')
    .option('--disconnected', 'only those that are not')
    .option('--search <text>', 'whose name holds the text')
    .addHelpText('after', '\nExample:\n  tidegate devices list --disconnected --json')
    .action(
      act<DeviceFilters>(terminal, async (call) => {
        const { fleet, connected, disconnected, search } = call.options;
        const path = await call.session.inProject();
        await showList(call, COLUMNS, (paging) =>
          answered(
            call.session.client.GET('/projects/{project_id}/devices', {
              params: {
                path,
                query: {
                  ...paging,
                  ...(fleet === undefined ? {} : { fleet_id: fleet }),
                  ...(connected === true ? { connected: 'true' as const } : {}),
                  ...(disconnected === true ? { connected: 'false' as const } : {}),
                  ...(search === undefined ? {} : { q: search }),
                },
              },
            }),
          ),
        );
      }),
    );
  devices
    .command('get <device>')
    .description('one device, by its name or UUID')
    .addHelpText('after', '\nExample:\n  tidegate devices get pump-01')
    .action(
      act(terminal, async (call) => {
        const path = {
          ...(await call.session.inProject()),
          device_id: await deviceIdOf(call.session, call.arg(0)),
        };
        const { data } = await answered(
          call.session.client.GET('/projects/{project_id}/devices/{device_id}', { params: { path } }),
        );
        showOne(call, data, { ...data });
      }),
    );
}
