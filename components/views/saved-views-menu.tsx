'use client';
// The saved views of a list: open one, keep the filters of now under a name, rename, forget.
import { Button } from '@mantine/core';
import { IconBookmark, IconCheck } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { changeViewAction, createViewAction, deleteViewAction } from '@/server/console/actions/views';
import type { SavedView } from '@/server/contract/saved-views';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionMenu } from '@/components/ui/action-menu';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useKeys } from '@/components/ui/keys';
import { ManageViewsDialog } from './manage-views-dialog';
import { SaveViewDialog } from './save-view-dialog';
import { useSavedViews, viewHref } from './use-saved-views';

interface Props {
  page: SavedView['page'];
  /** The list's query string as it is now, without the question mark and the page. */
  search: string;
}

/** A menu button that names the view which is shown, where it is one. */
export function SavedViewsMenu({ page, search }: Props) {
  const router = useRouter();
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const [asking, setAsking] = useState<'save' | 'manage' | null>(null);
  const views = useSavedViews().filter((view) => view.page === page);
  const shown = views.find((view) => view.search === search);
  const [deleting, setDeleting] = useState<SavedView | null>(null);
  const close = () => setAsking(null);
  const save = (name: string) => {
    const same = views.find((view) => view.name === name);
    const act = () =>
      same === undefined
        ? createViewAction(project.id, { page, name, search })
        : changeViewAction(project.id, same.id, { search });
    void run('save', act, `Saved as "${name}"`).then((view) => (view === null ? null : close()));
  };
  const remove = (view: SavedView) =>
    void run('delete', () => deleteViewAction(project.id, view.id), `Deleted "${view.name}"`).then((done) => {
      if (done === null) return;
      setDeleting(null);
      if (views.length === 1) close();
    });
  useKeys([{ keys: ['b'], label: 'Save this view', group: 'Lists', run: () => setAsking('save') }]);
  return (
    <>
      <ActionMenu
        position="bottom-end"
        target={
          <Button variant="default" leftSection={<IconBookmark size={14} aria-hidden />}>
            {shown?.name ?? 'Views'}
          </Button>
        }
        entries={[
          ...(views.length === 0 ? [{ kind: 'text' as const, id: 'none', text: 'No view saved yet' }] : []),
          ...views.map((view) => ({
            kind: 'item' as const,
            id: view.id,
            label: view.name,
            right: view.id === shown?.id ? <IconCheck size={14} aria-label="shown" /> : null,
            onClick: () => router.push(viewHref(view)),
          })),
          { kind: 'line', id: 'after-views' },
          { kind: 'item', id: 'save', label: 'Save this view…', onClick: () => setAsking('save') },
          ...(views.length === 0
            ? []
            : [
                {
                  kind: 'item' as const,
                  id: 'manage',
                  label: 'Rename or delete…',
                  onClick: () => setAsking('manage'),
                },
              ]),
        ]}
      />
      <SaveViewDialog
        key={`${asking ?? ''}${search}`}
        opened={asking === 'save'}
        names={views.map((view) => view.name)}
        busy={busy === 'save'}
        onSave={save}
        onClose={close}
      />
      <ManageViewsDialog
        opened={asking === 'manage' && deleting === null}
        views={views}
        busy={busy !== null}
        onRename={(view, name) =>
          void run('change', () => changeViewAction(project.id, view.id, { name }), `Renamed to "${name}"`)
        }
        onDelete={setDeleting}
        onClose={close}
      />
      {deleting === null ? null : (
        <ConfirmDialog
          opened
          danger
          title={`Delete the view "${deleting.name}"?`}
          confirmLabel="Delete the view"
          busy={busy === 'delete'}
          onConfirm={() => remove(deleting)}
          onClose={() => setDeleting(null)}
        >
          Its filters and its order are forgotten. It is yours alone: nobody else loses anything.
        </ConfirmDialog>
      )}
    </>
  );
}
