'use client';
// A line over time. What the drawing shows is said in words too, since a canvas tells a screen reader nothing;
// a gap in the data stays a gap in the line. Its single values are read by the pointer and by the arrow keys alike.
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { movedBy } from './chart-keys';
import { localText, utcText } from './time';
import classes from './time-chart.module.css';

export interface TimeChartProps {
  /** What is drawn, in words: "Rows a minute, last 24 hours; now 120, most 3,400". */
  label: string;
  /** RFC 3339, ascending. */
  times: readonly string[];
  /** One per time; null where nothing is known. */
  values: readonly (number | null)[];
  /** The role of the line's colour. */
  tone: 'accent' | 'wait';
  format: (value: number) => string;
}

const HEIGHT = 132;
const DAY_S = 86_400;

const colour = (element: Element, name: string): string =>
  getComputedStyle(element).getPropertyValue(name).trim();

/** Hours and minutes where marks lie within a day of each other, else the day. */
function clock(marks: readonly number[]): (seconds: number) => string {
  const [first = 0] = marks;
  const isDays = (marks.at(-1) ?? 0) - first > DAY_S;
  const format = new Intl.DateTimeFormat(
    undefined,
    isDays ? { month: 'short', day: 'numeric' } : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  );
  return (seconds) => format.format(seconds * 1000);
}

/** Values with nothing known beside them, which no line shows. */
const alone = ({ data }: uPlot, series: number): number[] => {
  const values = data[series] ?? [];
  return [...values].flatMap((value, i) =>
    value !== null &&
    value !== undefined &&
    (values[i - 1] ?? null) === null &&
    (values[i + 1] ?? null) === null
      ? [i]
      : [],
  );
};

function optionsFor(host: HTMLElement, { tone, format }: TimeChartProps): uPlot.Options {
  const line = colour(host, tone === 'accent' ? '--tg-accent-text' : '--tg-wait');
  const fill = colour(host, tone === 'accent' ? '--tg-accent-soft' : '--tg-wait-soft');
  const axis = {
    stroke: colour(host, '--tg-muted'),
    font: `11px ${getComputedStyle(host).fontFamily}`,
    grid: { stroke: colour(host, '--tg-line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: host.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    // Half of the last mark's text hangs over the end of the axis.
    padding: [8, 18, 0, 0],
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(1, (max ?? 0) * 1.1)] } },
    axes: [
      { ...axis, space: 70, size: 24, values: (_plot, splits) => splits.map(clock(splits)) },
      { ...axis, size: 56, space: 34, values: (_plot, splits) => splits.map(format) },
    ],
    series: [
      {},
      { stroke: line, fill, width: 1.5, points: { show: true, size: 4, fill: line, filter: alone } },
    ],
  };
}

/** Outside of the plot: there no value is pointed at. */
const NOWHERE = { left: -10, top: -10 };

/** The plot in `host`, drawn anew where the colours change; `onPoint` is told which value is pointed at. */
function usePlot(props: TimeChartProps, onPoint: (index: number | null) => void) {
  const { times, values, format } = props;
  const scheme = useComputedColorScheme('light');
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const plot = useRef<uPlot | null>(null);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = new uPlot(
      {
        ...optionsFor(element, latest.current),
        hooks: { setCursor: [(u) => onPoint(u.cursor.idx ?? null)] },
      },
      [[], []],
      element,
    );
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [scheme, onPoint]);

  useEffect(() => {
    plot.current?.setData([times.map((at) => Date.parse(at) / 1000), [...values]]);
  }, [times, values, scheme, format]);
  return { host, plot };
}

/** Draws `values` over `times`; the value that is pointed at, or that the arrow keys have come to, is told above. */
export function TimeChart(props: TimeChartProps) {
  const { label, times } = props;
  const [at, setAt] = useState<number | null>(null);
  const { host, plot } = usePlot(props, setAt);
  const pointAt = (index: number | null) => {
    const drawn = plot.current;
    const time = index === null ? undefined : times[index];
    drawn?.setCursor(
      time === undefined ? NOWHERE : { left: drawn.valToPos(Date.parse(time) / 1000, 'x'), top: 0 },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = movedBy(event.key, at, times.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    pointAt(next);
  };
  const last = times.length - 1;
  const read = readAt(props, at ?? last);
  return (
    <div className={classes.chart}>
      <div className={classes.readout} aria-hidden>
        {at === null || read === null ? null : (
          <>
            {localText(new Date(read.time))}: {read.value}
            <br />
            {utcText(read.time)}
          </>
        )}
      </div>
      <div
        ref={host}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={Math.max(0, at ?? last)}
        aria-valuetext={read === null ? 'no value' : `${localText(new Date(read.time))}: ${read.value}`}
        className={classes.canvas}
        onKeyDown={onKeyDown}
        onBlur={() => pointAt(null)}
      />
    </div>
  );
}

function readAt({ times, values, format }: TimeChartProps, index: number) {
  const time = times[index];
  const value = values[index] ?? null;
  return time === undefined ? null : { time, value: value === null ? 'not known' : format(value) };
}
