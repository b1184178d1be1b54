// The API's description as the reference page shows it: one operation or one shape at a time, as lines.

export interface OperationLink {
  /** As in OpenAPI, and the page's address. */
  id: string;
  method: string;
  path: string;
  summary: string;
}

export interface OperationGroup {
  name: string;
  operations: OperationLink[];
}

/** A field of a body, of an answer or of a shape, or a parameter. */
export interface FieldLine {
  name: string;
  /** 0 for a field of the object itself, 1 for one of an object within it. */
  depth: number;
  /** In words: `array of`, `text`, `integer or null`; followed by the shape, where there is one. */
  type: string;
  shape: string | null;
  required: boolean;
  /** Bounds, choices and defaults in words; empty where there is nothing to say. */
  note: string;
}

export interface OperationPage extends OperationLink {
  /** Who may call it. */
  description: string;
  /** In the path, the query and the headers, in this order. */
  parameters: (FieldLine & { place: string })[];
  /** Null where it takes none. */
  body: FieldLine[] | null;
  answer: { status: string; type: string; fields: FieldLine[] };
  refusals: { status: string; when: string }[];
  /** A shell command. */
  example: string;
}

export interface ShapePage {
  name: string;
  fields: FieldLine[];
}
