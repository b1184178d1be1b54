// A device's name is a level of its MQTT topics and the CN of its certificate: a separator or wildcard in it
// would let one device speak for another.

export const DEVICE_NAME_LENGTH_MAX = 63;

const FORBIDDEN = /[/+#\p{White_Space}\p{Cc}]/u;

/** What is wrong with `name`, as a sentence that says what to do; null where nothing is. */
export function deviceNameProblem(name: string): string | null {
  if (!name.isWellFormed()) return 'The name is not valid Unicode. Use letters, digits, hyphens or dots.';
  const length = [...name].length;
  if (length === 0) return 'The name is empty. Give it 1 to 63 characters.';
  if (length > DEVICE_NAME_LENGTH_MAX)
    return `The name has ${length} characters. Give it at most ${DEVICE_NAME_LENGTH_MAX}.`;
  if (FORBIDDEN.test(name))
    return 'The name may not hold "/", "+", "#", spaces or control characters. Use letters, digits, hyphens or dots.';
  return null;
}

/** The first levels of all of a device's topics: `{slug}/{name}`, or `/{name}` without a slug. */
export const rootTopicOf = (topicSlug: string | null, name: string): string => `${topicSlug ?? ''}/${name}`;
