// The Prometheus text format, and the shape in which one process hands its figures to another. No label may be a
// device, a table or anything else there is one of per device: ten thousand devices must not make ten thousand
// lines.

export interface MetricSample {
  /** Appended to the family's name, as `_bucket`. */
  suffix?: string;
  labels?: Record<string, string>;
  value: number;
}

export interface MetricFamily {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  samples: MetricSample[];
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function line(name: string, { suffix = '', labels = {}, value }: MetricSample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${suffix}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

/** The families as Prometheus reads them; families of one name are written as one. */
export function prometheusText(families: readonly MetricFamily[]): string {
  const byName = new Map<string, MetricFamily>();
  for (const family of families) {
    const known = byName.get(family.name);
    byName.set(family.name, known ? { ...known, samples: [...known.samples, ...family.samples] } : family);
  }
  const blocks = [...byName.values()].map(({ name, help, type, samples }) =>
    [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map((one) => line(name, one))].join('\n'),
  );
  return `${blocks.join('\n')}\n`;
}

/** The same families with one more label on each sample: which process they are of. */
export const labelled = (families: readonly MetricFamily[], name: string, value: string): MetricFamily[] =>
  families.map((family) => ({
    ...family,
    samples: family.samples.map((one) => ({ ...one, labels: { ...one.labels, [name]: value } })),
  }));
