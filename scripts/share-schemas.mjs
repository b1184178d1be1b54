// Brings the demo's project into a state in which the registry has something to show.
import { connectAll, hashOf, sendTable } from './wire-devices.mjs';

/**
 * Decides tables together, for the project and for a fleet, some devices behind, one schema waiting and one rejected,
 * and consolidates a table that was decided for a single device.
 */
export async function shareSchemas({ api, until, project }) {
  const edge = `/projects/${project}/edge`;
  await api('PATCH', `${edge}/policy`, { schema_coalescing_mode: 'project' });
  const { job } = await api('POST', `${edge}/coalesced-mirrors/sensor_readings/consolidate`, {
    dry_run: false,
  });
  const [plant] = await api('GET', `/projects/${project}/fleets`);
  const mixers = await api('POST', `/projects/${project}/fleets`, { name: 'Mixers' });
  await api('PATCH', `/projects/${project}/fleets/${mixers.id}/edge/policy`, {
    schema_coalescing_mode: 'fleet',
  });
  const pumps = await connectAll(api, project, plant, 'demo-share', 6);
  const stirrers = await connectAll(api, project, mixers, 'demo-mixer', 2);
  const shown = { api, until, edge };
  const approve = (review) => decide(shown, review, 'approve');

  const cycles = ['id', 'cycles'];
  const first = await sendFrom(shown, pumps.slice(0, 2), 'pump_cycles', cycles);
  const waiting = await sendFrom(shown, pumps.slice(2, 3), 'pump_cycles', [...cycles, 'minutes']);
  await approve(first);

  let columns = ['id', 'opened_at', 'pressure_before_mbar', 'pressure_after_mbar'];
  let newest = first;
  for (const [later, added] of ['flow', 'actuator_temperature', 'stuck'].entries()) {
    newest = await sendFrom(shown, pumps.slice(later), 'valve_movements', columns);
    await approve(newest);
    columns = [...columns, added];
  }
  const refused = await sendFrom(shown, pumps.slice(5), 'valve_movements', columns);
  await decide(shown, refused, 'reject');
  await approve(await sendFrom(shown, stirrers, 'batches', ['id', 'recipe', 'litres']));
  for (const { client } of [...pumps, ...stirrers]) await client.endAsync();

  const [mirror] = await api('GET', `${edge}/coalesced-mirrors?source_table=pump_cycles`);
  return {
    entry: first.registry_id,
    newest: newest.registry_id,
    waiting,
    refused,
    mirror,
    job,
    fleet: mixers.id,
  };
}

/** Sends a table from each device, and answers the registry's review once all of them wait for it. */
async function sendFrom({ api, until, edge }, devices, table, columns) {
  for (const device of devices) await sendTable(device, table, columns);
  return until(`${devices.length} waiting for ${table}`, async () =>
    (await api('GET', `${edge}/registry-reviews?status=open&limit=100`)).find(
      (one) =>
        one.source_table === table &&
        one.schema_hash === hashOf(table, columns) &&
        one.waiting_lineages === devices.length,
    ),
  );
}

async function decide({ api, until, edge }, review, verb) {
  const at = `${edge}/registry-reviews/${review.id}`;
  const { columns, action_version: seen } = await api('GET', at);
  const { action_version } = await api('POST', `${at}/claim`, { action_version: seen });
  const column_actions = columns.map(({ name }) => ({ source_column_name: name, action: 'mirror' }));
  await api('POST', `${at}/${verb}`, {
    action_version,
    ...(verb === 'approve' ? { column_actions } : { reason: 'The column was added by a test build.' }),
  });
  if (verb === 'approve')
    await until(`the replays of ${review.source_table}`, async () => {
      const { replay } = await api('GET', at);
      return replay === null || replay.completed === replay.lineages;
    });
}
