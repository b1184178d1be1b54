// The caller's own saved views of the console's lists.
import {
  changeSavedViewInput,
  createSavedViewInput,
  listSavedViewsInput,
  savedView,
} from '@/server/contract/saved-views';
import {
  changeSavedView,
  createSavedView,
  deleteSavedView,
  listSavedViews,
} from '@/server/engine/views/saved-views';
import { route } from '../contract';
import { noQuery, paged, single } from './answers';

const VIEWS = '/projects/{project_id}/saved-views';
const VIEW = 'PROJECT_CAN_VIEW' as const;

const place = (param: (name: string) => string) => ({
  projectId: param('project_id'),
  savedViewId: param('saved_view_id'),
});

export const getSavedViews = route(
  {
    method: 'GET',
    path: VIEWS,
    summary: "The caller's saved views, by name",
    permission: VIEW,
    query: listSavedViewsInput,
    body: null,
    output: savedView,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listSavedViews({ ctx, projectId: param('project_id'), input: query })),
);

export const postSavedView = route(
  {
    method: 'POST',
    path: VIEWS,
    summary: 'Keep the filters of a list under a name',
    permission: VIEW,
    query: noQuery,
    body: createSavedViewInput,
    output: savedView,
    status: 201,
  },
  ({ ctx, param, body }) => single(createSavedView({ ctx, projectId: param('project_id'), input: body })),
);

export const patchSavedView = route(
  {
    method: 'PATCH',
    path: `${VIEWS}/{saved_view_id}`,
    summary: 'Rename a saved view, or keep other filters under its name',
    permission: VIEW,
    query: noQuery,
    body: changeSavedViewInput,
    output: savedView,
  },
  ({ ctx, param, body }) => single(changeSavedView({ ctx, ...place(param), input: body })),
);

export const deleteView = route(
  {
    method: 'DELETE',
    path: `${VIEWS}/{saved_view_id}`,
    summary: 'Forget a saved view',
    permission: VIEW,
    query: noQuery,
    body: null,
    output: savedView.pick({ id: true }),
  },
  ({ ctx, param }) => single(deleteSavedView({ ctx, ...place(param) })),
);
