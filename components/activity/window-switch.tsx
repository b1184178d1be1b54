'use client';
import { SegmentedControl } from '@mantine/core';
import { ACTIVITY_WINDOWS, type ActivityWindow } from '@/server/contract/activity-windows';
import { WINDOW_WORDS } from './words';

/** Chooses how far back a chart goes. */
export function WindowSwitch({
  value,
  onChange,
}: {
  value: ActivityWindow;
  onChange: (window: ActivityWindow) => void;
}) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="How far back"
      value={value}
      data={ACTIVITY_WINDOWS.map((window) => ({
        value: window,
        label: <span title={WINDOW_WORDS[window]}>{window}</span>,
      }))}
      onChange={(next) => onChange(next as ActivityWindow)}
    />
  );
}
