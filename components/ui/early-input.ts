'use client';
// What was chosen or typed while the page had not come alive yet. The server's HTML is there before its script: what
// somebody chooses in between stays in the control, but React has not heard of it, and would put the old value back
// at the next change of anything.
import { useEffect, useEffectEvent, useRef } from 'react';

type Control = HTMLInputElement | HTMLSelectElement;

const isBox = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && control.type === 'checkbox';

/**
 * A ref for a controlled input, select or checkbox that shows `value`. Where the control holds something else when
 * the page comes alive, `onChange` is told of it, as if it were chosen then.
 */
export function useEarlyInput<E extends Control, V extends string | boolean>(
  value: V,
  onChange: (value: V) => void,
) {
  const control = useRef<E>(null);
  const hear = useEffectEvent((node: Control) => {
    const held: string | boolean = isBox(node) ? node.checked : node.value;
    if (typeof held === typeof value && held !== value) onChange(held as V);
  });
  useEffect(() => {
    if (control.current !== null && !control.current.disabled) hear(control.current);
  }, []);
  return control;
}
