/**
 * What the demo devices are: tables as a plant's own programs would have made them, among them one device with
 * every awkward name and type that real ones have. Pure data and SQL; the two chillers share their shapes.
 */

export interface DemoDeviceKind {
  readonly name: string;
  /** Makes the tables where they are missing. */
  readonly ddl: string;
  /** First rows, for an empty file. */
  readonly seed: readonly string[];
  /** What happens, and how often on average, in seconds. `$r` is a random 0 to 999, `$now` the time. */
  readonly events: readonly { readonly everySeconds: number; readonly sql: string }[];
}

const ALARMS = `CREATE TABLE IF NOT EXISTS alarm_events (
  id INTEGER PRIMARY KEY, raised_at TEXT NOT NULL, severity TEXT NOT NULL, code INTEGER NOT NULL, message TEXT
);`;
const READINGS = `CREATE TABLE IF NOT EXISTS sensor_readings (
  id INTEGER PRIMARY KEY, sensor TEXT NOT NULL, measured_at TEXT NOT NULL, value REAL NOT NULL, unit TEXT NOT NULL
);`;

const readings = (sensor: string, value: string, unit: string, everySeconds: number) => ({
  everySeconds,
  sql: `INSERT INTO sensor_readings (sensor, measured_at, value, unit) VALUES ('${sensor}', $now, ${value}, '${unit}')`,
});
const trim = (table: string, keep: number) => ({
  everySeconds: 60,
  sql: `DELETE FROM ${table} WHERE id <= (SELECT max(id) FROM ${table}) - ${keep}`,
});
const alarm = (everySeconds: number, code: string, message: string) => ({
  everySeconds,
  sql: `INSERT INTO alarm_events (raised_at, severity, code, message)
    VALUES ($now, CASE WHEN $r < 700 THEN 'warning' ELSE 'critical' END, ${code}, ${message})`,
});

const chiller = (name: string): DemoDeviceKind => ({
  name,
  ddl: `CREATE TABLE IF NOT EXISTS device_state (
      id INTEGER PRIMARY KEY, circuit TEXT NOT NULL, mode TEXT NOT NULL, setpoint_c REAL NOT NULL,
      supply_c REAL, compressor_starts INTEGER NOT NULL DEFAULT 0, updated_at TEXT NOT NULL
    );
    ${ALARMS} ${READINGS}`,
  seed: [
    "INSERT INTO device_state (id, circuit, mode, setpoint_c, supply_c, updated_at) VALUES (1, 'A', 'cooling', 6.5, 7.1, $now)",
    "INSERT INTO device_state (id, circuit, mode, setpoint_c, supply_c, updated_at) VALUES (2, 'B', 'standby', 6.5, NULL, $now)",
  ],
  events: [
    {
      everySeconds: 4,
      sql: `UPDATE device_state SET supply_c = round(6 + $r / 500.0, 2), updated_at = $now WHERE id = 1 + $r % 2`,
    },
    {
      everySeconds: 45,
      sql: `UPDATE device_state SET mode = CASE WHEN mode = 'cooling' THEN 'standby' ELSE 'cooling' END,
        compressor_starts = compressor_starts + 1, updated_at = $now WHERE id = 1 + $r % 2`,
    },
    readings('evaporator_in', 'round(11 + $r / 400.0, 2)', '°C', 5),
    readings('condenser_pressure', 'round(12.5 + $r / 1000.0, 3)', 'bar', 10),
    alarm(
      90,
      '2100 + $r % 4',
      "'Low refrigerant pressure on circuit ' || CASE $r % 2 WHEN 0 THEN 'A' ELSE 'B' END",
    ),
    trim('sensor_readings', 2000),
    trim('alarm_events', 500),
  ],
});

const press: DemoDeviceKind = {
  name: 'demo-press-01',
  ddl: `CREATE TABLE IF NOT EXISTS work_orders (
      order_no TEXT PRIMARY KEY NOT NULL, product TEXT NOT NULL, quantity INTEGER NOT NULL,
      produced INTEGER NOT NULL DEFAULT 0, status TEXT NOT NULL, started_at TEXT, finished_at TEXT
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS maintenance_log (
      id INTEGER PRIMARY KEY, technician TEXT NOT NULL, action TEXT NOT NULL, minutes INTEGER, noted_at TEXT NOT NULL
    );
    ${ALARMS}`,
  seed: [
    "INSERT INTO work_orders VALUES ('WO-1001', 'Housing 40 mm', 250, 0, 'running', $now, NULL)",
    "INSERT INTO work_orders VALUES ('WO-1002', 'Bracket L', 1200, 0, 'planned', NULL, NULL)",
    "INSERT INTO maintenance_log (technician, action, minutes, noted_at) VALUES ('M. Okafor', 'Hydraulic oil changed', 55, $now)",
  ],
  events: [
    {
      everySeconds: 3,
      sql: "UPDATE work_orders SET produced = min(quantity, produced + 1 + $r % 5) WHERE status = 'running'",
    },
    {
      everySeconds: 30,
      sql: `UPDATE work_orders SET status = 'done', finished_at = $now WHERE status = 'running' AND produced >= quantity`,
    },
    {
      everySeconds: 40,
      sql: `INSERT OR IGNORE INTO work_orders VALUES (
        'WO-' || (1003 + (SELECT count(*) FROM work_orders) + $r),
        CASE $r % 3 WHEN 0 THEN 'Housing 40 mm' WHEN 1 THEN 'Bracket L' ELSE 'Cover plate' END,
        100 + $r, 0, 'running', $now, NULL)`,
    },
    {
      everySeconds: 120,
      sql: `DELETE FROM work_orders WHERE order_no IN
        (SELECT order_no FROM work_orders WHERE status = 'done' ORDER BY finished_at LIMIT 1)`,
    },
    {
      everySeconds: 75,
      sql: `INSERT INTO maintenance_log (technician, action, minutes, noted_at) VALUES (
        CASE $r % 2 WHEN 0 THEN 'M. Okafor' ELSE 'J. Lindström' END,
        CASE $r % 3 WHEN 0 THEN 'Guard door sensor adjusted' WHEN 1 THEN 'Ram guides greased' ELSE 'Tool changed' END,
        5 + $r % 60, $now)`,
    },
    alarm(60, '310 + $r % 9', "'Ram position deviates by ' || ($r % 40) || ' µm'"),
    trim('maintenance_log', 500),
    trim('alarm_events', 500),
  ],
};

const meter: DemoDeviceKind = {
  name: 'demo-meter-01',
  ddl: `CREATE TABLE IF NOT EXISTS device_state (
      id INTEGER PRIMARY KEY, firmware TEXT NOT NULL, tariff TEXT NOT NULL, total_kwh NUMERIC NOT NULL, updated_at TEXT NOT NULL
    );
    ${READINGS}`,
  seed: ["INSERT INTO device_state VALUES (1, '4.2.1', 'day', 182734.125, $now)"],
  events: [
    {
      everySeconds: 5,
      sql: 'UPDATE device_state SET total_kwh = total_kwh + 0.125, updated_at = $now WHERE id = 1',
    },
    readings('power_l1', 'round(2.1 + $r / 900.0, 3)', 'kW', 5),
    readings('power_l2', 'round(1.8 + $r / 900.0, 3)', 'kW', 5),
    readings('grid_frequency', 'round(49.98 + $r / 25000.0, 4)', 'Hz', 15),
    trim('sensor_readings', 3000),
  ],
};

/** The device on which everything is named and typed as awkwardly as in the field. */
const gateway: DemoDeviceKind = {
  name: 'demo-gateway-01',
  ddl: `CREATE TABLE IF NOT EXISTS "weird ""table"" name; drop" (
      "select" TEXT, "Größe °C" REAL, "größte 值" NUMERIC, "order" INTEGER, payload BLOB, anything,
      "😀" TEXT, updated_at TEXT NOT NULL, PRIMARY KEY ("select", "order")
    );
    CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS scratch (note TEXT)`,
  seed: [
    `INSERT INTO "weird ""table"" name; drop" VALUES ('a''b "c"', 21.5, 1234567890.12345, 1, x'00ff10', 'text here', '😀 ok', $now)`,
    `INSERT INTO "weird ""table"" name; drop" VALUES (NULL, NULL, 9007199254740993, 2, NULL, 3.25, 'NULL in the key', $now)`,
    `INSERT INTO "weird ""table"" name; drop" VALUES ('; DROP TABLE x; --', -0.5, 0.1, 9007199254740993, x'', x'cafe', '', $now)`,
    "INSERT INTO counters VALUES ('frames', 9007199254740993, $now), ('errors', 0, $now)",
    "INSERT INTO scratch VALUES ('a table without a primary key is skipped, and said so')",
  ],
  events: [
    {
      everySeconds: 7,
      sql: `UPDATE "weird ""table"" name; drop" SET "Größe °C" = $r / 10.0, payload = randomblob(8), updated_at = $now WHERE "order" = 1 + $r % 2`,
    },
    {
      everySeconds: 20,
      sql: `INSERT OR REPLACE INTO "weird ""table"" name; drop" VALUES
        ('key ' || ($r % 40), $r / 7.0, $r * 1000003, $r % 5, randomblob($r % 64), CASE $r % 3 WHEN 0 THEN $r WHEN 1 THEN 'text ' || $r ELSE NULL END, '值' || $r, $now)`,
    },
    {
      everySeconds: 50,
      sql: `DELETE FROM "weird ""table"" name; drop" WHERE "select" = 'key ' || ($r % 40)`,
    },
    {
      everySeconds: 4,
      sql: "UPDATE counters SET value = value + 1 + $r, updated_at = $now WHERE name = 'frames'",
    },
    {
      everySeconds: 33,
      sql: "UPDATE counters SET value = value + 1, updated_at = $now WHERE name = 'errors'",
    },
  ],
};

export const DEMO_DEVICES: readonly DemoDeviceKind[] = [
  chiller('demo-chiller-01'),
  chiller('demo-chiller-02'),
  press,
  meter,
  gateway,
];
