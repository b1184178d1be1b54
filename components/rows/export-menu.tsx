'use client';
// The rows on the screen as a file, with the same filter and order, written by the server as it reads them: the
// browser shows the progress and can stop it.
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { projectPath, type Params } from '@/components/shell/api';
import { useSession } from '@/components/shell/session';
import { ActionMenu } from '@/components/ui/action-menu';

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
    <ActionMenu
      position="bottom-end"
      width={270}
      target={
        <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
          Export
        </Button>
      }
      entries={[
        { kind: 'text', id: 'what', text: what },
        ...FORMATS.map(({ format, label }) => ({
          kind: 'download' as const,
          id: format,
          label,
          href: projectPath(project.id, `${path}/export`, { ...params, format }),
        })),
      ]}
    />
  );
}
