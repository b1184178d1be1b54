'use client';
// The keys of this page, from the same register that the keyboard uses: what another binding has taken is not listed.
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { keysInForce, useRegisteredKeys, type KeyBinding } from '@/components/ui/keys';
import classes from './help-overlay.module.css';

function byGroup(bindings: readonly KeyBinding[]): [string, KeyBinding[]][] {
  const groups = new Map<string, Map<string, KeyBinding>>();
  for (const binding of bindings) {
    const keys = keysInForce(binding, bindings);
    if (keys.length === 0) continue;
    const group = groups.get(binding.group) ?? new Map<string, KeyBinding>();
    group.set(binding.label, { ...binding, keys });
    groups.set(binding.group, group);
  }
  return [...groups].map(([group, labels]) => [group, [...labels.values()]]);
}

/** A dialog that lists every key of the page, grouped. */
export function HelpOverlay({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const bindings = useRegisteredKeys();
  const fixed: KeyBinding = {
    keys: ['Ctrl K'],
    label: 'Command palette',
    group: 'Everywhere',
    run: () => undefined,
  };
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys" size={620}>
      <div className={classes.groups}>
        {byGroup([fixed, ...bindings]).map(([group, entries]) => (
          <section key={group}>
            <h3 className={classes.group}>{group}</h3>
            <dl className={classes.list}>
              {entries.map((entry) => (
                <div key={entry.label} className={classes.entry}>
                  <dt>{entry.label}</dt>
                  <dd>
                    {entry.keys.map((key) => (
                      <Kbd key={key} isSpoken>
                        {key}
                      </Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
