'use client';
// The rows on the screen as a file, with the same filter and order, written by the server as it reads them: the
// browser shows the progress and can stop it.
import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { projectPath, type Params } from '@/components/shell/api';
import { useSession } from '@/components/shell/session';

interface Props {
  /** Of the list, below the project; the files are below it. */
  path: string;
  /** Filter and order. */
  params: Params;
  /** What becomes a file, in words: "Staged rows, recorded in the events". */
  what: string;
}

const FORMATS = [
  { format: 'csv', label: 'CSV, for spreadsheets and databases' },
  { format: 'jsonl', label: 'JSONL, one row a line' },
] as const;

/** The button with its formats. */
export function ExportMenu({ path, params, what }: Props) {
  const { project } = useSession();
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{what}</Menu.Label>
        {FORMATS.map(({ format, label }) => (
          <Menu.Item
            key={format}
            component="a"
            href={projectPath(project.id, `${path}/export`, { ...params, format })}
            download
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
