'use client';
// The control of one value. What is chosen before the page has come alive counts.
import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import { useEarlyInput } from '@/components/ui/early-input';
import { boundsOf, problemOf, type Field, type FieldValue } from './fields';

const MODES = ['none', 'project', 'fleet'] as const;

interface Props {
  field: Field;
  value: FieldValue;
  /** Why it cannot be changed now. */
  reason: string | undefined;
  onChange: (value: FieldValue) => void;
}

const sharedOf = ({ field, reason }: Props) => ({
  'aria-label': field.label,
  disabled: reason !== undefined,
  title: reason ?? '',
});

function ModeControl(props: Props) {
  const choose = (text: string) => {
    const mode = MODES.find((one) => one === text);
    if (mode !== undefined) props.onChange(mode);
  };
  const control = useEarlyInput<HTMLSelectElement, string>(String(props.value), choose);
  return (
    <NativeSelect
      {...sharedOf(props)}
      ref={control}
      value={String(props.value)}
      data={MODES}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}

function SwitchControl(props: Props) {
  const control = useEarlyInput<HTMLInputElement, boolean>(props.value === true, props.onChange);
  return (
    <Switch
      {...sharedOf(props)}
      ref={control}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

const THOUSANDS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** The number that was typed; the text itself where it is none, as of a field that was cleared. */
function numberIn(text: string): FieldValue {
  const digits = text.replaceAll(',', '').trim();
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text;
}

function NumberControl(props: Props) {
  const { field, value, onChange } = props;
  const bounds = boundsOf(field.name);
  const shown = typeof value === 'number' ? THOUSANDS.format(value) : String(value);
  const control = useEarlyInput<HTMLInputElement, string>(shown, (text) => onChange(numberIn(text)));
  return (
    <NumberInput
      {...sharedOf(props)}
      ref={control}
      size="xs"
      value={typeof value === 'number' ? value : String(value)}
      {...(bounds === null ? {} : { min: bounds[0], max: bounds[1] })}
      // What is out of bounds stays as it was typed and is said: another number in its place would be nobody's choice.
      clampBehavior="none"
      allowDecimal={false}
      thousandSeparator=","
      error={problemOf(field.name, value)}
      onChange={(next: number | string) => onChange(next)}
    />
  );
}

/** What changes a value of a policy. */
export function FieldControl(props: Props) {
  switch (props.field.kind) {
    case 'mode':
      return <ModeControl {...props} />;
    case 'switch':
      return <SwitchControl {...props} />;
    case 'number':
      return <NumberControl {...props} />;
  }
}
