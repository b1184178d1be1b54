// A device's name is a level of its MQTT topics and the CN of its certificate: a separator or wildcard in it
// would let one device speak for another.
import { DEVICE_NAME_CHARS_MAX } from '@/server/protocol/limits';
import { isDeviceName } from '@/server/protocol/topics';
import { characterCount, isStorableText } from '@/server/protocol/utf8-order';

const CONTROL = /\p{Cc}/u;

/** What is wrong with `name`, as a sentence that says what to do; null where nothing is. */
export function deviceNameProblem(name: string): string | null {
  if (!isStorableText(name) || CONTROL.test(name))
    return 'The name holds a character that cannot be stored or shown. Use letters, digits, hyphens or dots.';
  const length = characterCount(name);
  if (length === 0) return 'The name is empty. Give it 1 to 63 characters.';
  if (length > DEVICE_NAME_CHARS_MAX)
    return `The name has ${length} characters. Give it at most ${DEVICE_NAME_CHARS_MAX}.`;
  if (!isDeviceName(name))
    return 'The name may not hold "/", "+", "#" or spaces. Use letters, digits, hyphens or dots.';
  return null;
}
