/** True when the MQTT `filter` matches `topic`. A leading `$` is never matched by a wildcard (MQTT-4.7.2-1). */
export function matchesFilter(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  if (topic.startsWith('$') && (wanted[0] === '+' || wanted[0] === '#')) return false;
  for (const [i, level] of wanted.entries()) {
    if (level === '#') return true;
    const actual = levels[i];
    if (actual === undefined || (level !== '+' && level !== actual)) return false;
  }
  return wanted.length === levels.length;
}
