// The reference page's content, made from the description alone: what is not in the one cannot be on the other.
import type {
  OperationGroup,
  OperationLink,
  OperationPage,
  ShapePage,
} from '@/server/contract/api-reference';
import { fieldLines, sampleOf, wholeLine, type JsonSchema } from './field-lines';
import { openApiDocument } from './openapi';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: JsonSchema;
  description?: string;
}

interface Content {
  content?: Record<string, { schema: JsonSchema & { contentSchema?: JsonSchema } }>;
}

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content & { $ref?: string }>;
}

interface Document {
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, { description: string }>;
  };
}

let made: Document | undefined;
/** The same for as long as the process runs. */
const document = (): Document => (made ??= JSON.parse(JSON.stringify(openApiDocument())) as Document);

interface Placed extends OperationLink {
  operation: Operation;
}

const placed = (): Placed[] =>
  Object.entries(document().paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      summary: operation.summary,
      operation,
    })),
  );

/** Every operation under its heading. */
export function referenceGroups(): OperationGroup[] {
  const all = placed();
  return document().tags.map(({ name }) => ({
    name,
    operations: all
      .filter(({ operation }) => operation.tags.includes(name))
      .map(({ operation: _, ...link }) => link),
  }));
}

/** Every named shape. */
export const referenceShapes = (): string[] => Object.keys(document().components.schemas).sort();

/** One operation, by its id; null where there is none. */
export function operationPage(id: string): OperationPage | null {
  const found = placed().find((one) => one.id === id);
  if (found === undefined) return null;
  const { operation, ...link } = found;
  const body = operation.requestBody?.content?.['application/json']?.schema;
  return {
    ...link,
    description: operation.description,
    parameters: operation.parameters.flatMap(({ name, in: place, required, schema, description }) =>
      wholeLine(name, description === undefined ? schema : { ...schema, description }, required).map(
        (line) => ({ ...line, place }),
      ),
    ),
    body: body === undefined ? null : fieldLines(body),
    answer: answerOf(operation),
    refusals: refusalsOf(operation),
    example: exampleOf(link, operation, body),
  };
}

/** One named shape; null where there is none. */
export function shapePage(name: string): ShapePage | null {
  const { schemas } = document().components;
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  return schema === undefined ? null : { name, fields: fieldLines(schema) };
}

function answerOf({ responses }: Operation): OperationPage['answer'] {
  const [status = '', response] = Object.entries(responses).find(([, one]) => one.$ref === undefined) ?? [];
  const [[type = '', one] = []] = Object.entries(response?.content ?? {}).slice(0, 1);
  const schema = one?.schema ?? {};
  const line = schema.contentSchema;
  return {
    status,
    type: Object.keys(response?.content ?? {}).join(' or ') || type,
    fields: line === undefined ? fieldLines(schema) : wholeLine('each line', line, true),
  };
}

const refusalsOf = ({ responses }: Operation): OperationPage['refusals'] =>
  Object.entries(responses).flatMap(([status, { $ref }]) => {
    const when = document().components.responses[$ref?.split('/').at(-1) ?? '']?.description;
    return when === undefined ? [] : [{ status, when }];
  });

/** `{lineage_id}` is `$LINEAGE`, as in the runbook. */
const shellPath = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.replace(/_id$/, '').toUpperCase()}`);

function exampleOf(
  { method, path }: OperationLink,
  operation: Operation,
  body: JsonSchema | undefined,
): string {
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `${name}=${String(sampleOf(schema))}`);
  const url = `"$TIDEGATE_URL/core/api/v1${shellPath(path)}${query.length > 0 ? `?${query.join('&')}` : ''}"`;
  return [
    `curl -sS -H "Authorization: Bearer $TIDEGATE_TOKEN"`,
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    url,
    ...(body === undefined
      ? []
      : [`-H "Content-Type: application/json" \\\n  -d '${JSON.stringify(sampleOf(body), null, 2)}'`]),
  ].join(' \\\n  ');
}
