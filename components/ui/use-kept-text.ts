'use client';
// Text that somebody has begun to write, kept in this tab until it is sent: a session that ends in the middle of a
// sentence, or a page that is left to look something up, does not take it along.
import { useState } from 'react';
import { useInBrowser } from './now';

const PREFIX = 'tidegate.kept-text.';

const read = (name: string): string =>
  typeof window === 'undefined' ? '' : (window.sessionStorage.getItem(PREFIX + name) ?? '');

/** The text of `name`, and how to change it; empty text is forgotten. */
export function useKeptText(name: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => read(name));
  // The server cannot know it: it is shown once the page lives.
  const inBrowser = useInBrowser();
  const change = (next: string) => {
    setText(next);
    if (next === '') window.sessionStorage.removeItem(PREFIX + name);
    else window.sessionStorage.setItem(PREFIX + name, next);
  };
  return [inBrowser ? text : '', change];
}
