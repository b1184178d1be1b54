// Generated from the API's description by `npm run api:types`; a test fails when it is behind.

export interface paths {
    "/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one's own password
         * @description For every signed-in person.
         */
        post: operations["postOwnPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The members of the organisation
         * @description Needs ORG_CAN_ADMIN.
         */
        get: operations["getMembers"];
        put?: never;
        /**
         * Add a person; the password of a new account is shown this once
         * @description Needs ORG_CAN_ADMIN.
         */
        post: operations["postMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a person out of the organisation at once
         * @description Needs ORG_CAN_ADMIN.
         */
        delete: operations["deleteMember"];
        options?: never;
        head?: never;
        /**
         * Change a member's role
         * @description Needs ORG_CAN_ADMIN.
         */
        patch: operations["patchMember"];
        trace?: never;
    };
    "/members/{user_id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a member a new password, shown this once
         * @description Needs ORG_CAN_ADMIN.
         */
        post: operations["postMemberPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether an OIDC issuer is set up, and whether its keys can be had
         * @description Needs ORG_CAN_ADMIN.
         */
        get: operations["getOidcStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The organisations that the caller belongs to
         * @description For every signed-in person.
         */
        get: operations["getOrgs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The projects of the organisation
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getProjects"];
        put?: never;
        /**
         * Create a project
         * @description Needs ORG_CAN_ADMIN.
         */
        post: operations["postProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ingest rate and staged backlog over time
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices of a project
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getProjectDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/devices/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One device, whichever fleet it is in
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getProjectDevice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/devices/{device_id}/data-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The data points of a device, with the newest value of each
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getDataPoints"];
        put?: never;
        /**
         * Make a data point that columns can be mapped to
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postDataPoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/bulk-jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bulk jobs, the newest first
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getBulkJobs"];
        put?: never;
        /**
         * Freeze the set that a filter finds, and say what would be done with it
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postBulkJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/bulk-jobs/{bulk_job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One bulk job with its shapes and how far it is
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getBulkJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/bulk-jobs/{bulk_job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin no further item
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postCancelBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/bulk-jobs/{bulk_job_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide one shape otherwise than was proposed, and simulate it anew
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postDecideShape"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/bulk-jobs/{bulk_job_id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of each item, and why
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getBulkItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/bulk-jobs/{bulk_job_id}/run-failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do the failed items again, and only those
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRunFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/bulk-jobs/{bulk_job_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a counted job in the background, in the name of the caller
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postStartBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/coalesced-mirrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The mirror tables that many devices share
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryMirrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/coalesced-mirrors/{coalesced_mirror}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One shared mirror, by its id, with where its columns came from
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryMirror"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/coalesced-mirrors/{coalesced_mirror}/consolidate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy the devices' own mirrors of a source table, which the path names, into the shared one
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryConsolidate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/coalesced-mirrors/{coalesced_mirror}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices that write to a shared mirror, with their rows in it
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryMirrorDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/coalesced-mirrors/{coalesced_mirror}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows of a shared mirror, of all devices or of one
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getRegistryMirrorRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/coalesced-mirrors/{coalesced_mirror}/rows/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows of a shared mirror as a file, of all devices or of one
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getRegistryMirrorRowsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/consolidation-candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables whose devices still write mirrors of their own although their mode shares one
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryConsolidationCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/consolidations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Consolidation jobs, the newest first
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryConsolidations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/consolidations/{consolidation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One consolidation with its progress
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryConsolidation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/consolidations/{consolidation_id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a consolidation is with each device, and why one was skipped
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryConsolidationDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/consolidations/{consolidation_id}/drop-old-mirrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drop the mirror tables that a consolidation has left behind
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryDropOldMirrors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/consolidations/{consolidation_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a stopped consolidation up again
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryResumeConsolidation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/consolidations/{consolidation_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop after the step under way
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryStopConsolidation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/controls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Pending and acknowledged controls
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getControls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lineages of a project
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getLineages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One lineage with versions, bindings, replay, controls, mirror and open review
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getLineage"];
        put?: never;
        post?: never;
        /**
         * Delete a lineage's cloud state; the mirror stays unless drop_mirror=true
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        delete: operations["deleteLineage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a lineage received over time, and when its backlog would be full
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getLineageActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/discard-staged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discard the staged rows, so many as were confirmed
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postDiscardStaged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Failed rows by column and kind of error, with what can be done
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/failures/{group_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a group of failed rows on: as they are, with NULL, or with the value as text
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRetryFailures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/key-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is kept of one key: received, staged, written, deleted; and what is not
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getKeyHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/mirror-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lineage's rows in its mirror table
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getMirrorRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/mirror-rows/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lineage's rows in its mirror table as a file, each key at most once
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getMirrorRowsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a lineage with a reason; its device is told
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/reset-materialization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try the failed rows again and close the circuit breaker
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postResetMaterialization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End an operator's pause; other causes stay
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/staged-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows held back, in version order
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getStagedRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/{lineage_id}/staged-rows/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows held back as a file; what leaves staging meanwhile may be missing
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getStagedRowsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/lineages/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lineages of a project as a file, with the filter and the order of the list
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getLineagesExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The effective policy and where each value comes from
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getProjectPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some values; null takes one back to its default
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        patch: operations["patchProjectPolicy"];
        trace?: never;
    };
    "/projects/{project_id}/edge/policy/effect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changing the policy of a project would set in motion, without changing it
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getPolicyEffect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/policy/mode-effect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What another schema coalescing mode would concern, without changing it
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryModeEffect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The schemas that are decided for many devices at once
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The registry's review queue
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One registry review, column by column, with what waits for it
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/abandon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide nothing: the devices ask again with their next batch, as the mode then says
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryAbandon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve for every device that waits, with one action for every source column
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim, or take over
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people say about a registry review
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryComments"];
        put?: never;
        /**
         * Say something about a registry review
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The unfinished decision
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryDraft"];
        /**
         * Save the unfinished decision
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        put: operations["putRegistryDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits for a registry review and whom it concerns, in counts
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryReviewFacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an approval would do, without doing it
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject with a reason
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a claimed review back
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-reviews/{registry_review_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a rejected review back into the queue
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry-tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Source tables by schema version, with the devices on each and those that are behind
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryTables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry/{registry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One registry entry
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry/{registry_id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices that have a schema of the registry, or are on an older one of its table
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRegistryDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/registry/{registry_id}/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bind and replay every lineage in scope on an approved schema, or say what that would do
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRegistryReconcile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/rejected-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The inbox of rejected messages
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRejectedBatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/rejected-batches/{rejected_batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One rejected message with its payload
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getRejectedBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/rejected-batches/{rejected_batch_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ingest a rejected message again
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRetryRejectedBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/rejected-batches/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rejected messages as a file, with their payloads for those who may read rows
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRejectedExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/rejected-batches/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rejected messages by cause, with exact counts, the last seen first
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRejectedGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/rejected-batches/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ingest some messages of one cause again; call it with `after` until that is null
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRetryRejectedKind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/review-queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The reviews of devices and the registry's in one queue
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getReviewQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The review queue
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One review, column by column, with what was received
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide what an approval left out of the mirror
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postAmend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve with one action for every source column
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim, or take over
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said about a review, the oldest first
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getReviewComments"];
        put?: never;
        /**
         * Say something about a review, in plain text
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postReviewComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The unfinished decision
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getReviewDraft"];
        /**
         * Save the unfinished decision
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        put: operations["putReviewDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts over what waits, and which devices the schema concerns
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getReviewFacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an approval would do, without doing it
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject with a reason
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a claimed review back
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/edge/schema-reviews/{schema_review_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a decided review back into the queue
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log, newest first
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log as a file, oldest first
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getEventExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events as they happen, as server-sent events; resumes by Last-Event-ID
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getEventStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The fleets of a project
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleets"];
        put?: never;
        /**
         * Create a fleet
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a fleet that nothing belongs to
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        delete: operations["removeFleet"];
        options?: never;
        head?: never;
        /**
         * Give a fleet another name
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        patch: operations["patchFleet"];
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices of a fleet
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetDevices"];
        put?: never;
        /**
         * Register a device; its MQTT password is shown this once
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/devices/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One device
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetDevice"];
        put?: never;
        post?: never;
        /**
         * Delete a device with its cloud state; mirror tables stay
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        delete: operations["deleteFleetDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/devices/{device_id}/mqtt_connection_details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that a device needs to connect, but for its password
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getMqttConnectionDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/devices/{device_id}/mqtt_credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new MQTT password, shown this once; the old one ends
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postMqttCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/coalesced-mirrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The mirror tables that many devices share
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryMirrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/coalesced-mirrors/{coalesced_mirror}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One shared mirror, by its id, with where its columns came from
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryMirror"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/coalesced-mirrors/{coalesced_mirror}/consolidate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy the devices' own mirrors of a source table, which the path names, into the shared one
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryConsolidate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/coalesced-mirrors/{coalesced_mirror}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices that write to a shared mirror, with their rows in it
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryMirrorDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/coalesced-mirrors/{coalesced_mirror}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows of a shared mirror, of all devices or of one
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getFleetRegistryMirrorRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/coalesced-mirrors/{coalesced_mirror}/rows/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows of a shared mirror as a file, of all devices or of one
         * @description Needs PROJECT_CAN_READ_ROWS.
         */
        get: operations["getFleetRegistryMirrorRowsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/consolidation-candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables whose devices still write mirrors of their own although their mode shares one
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryConsolidationCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/consolidations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Consolidation jobs, the newest first
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryConsolidations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/consolidations/{consolidation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One consolidation with its progress
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryConsolidation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/consolidations/{consolidation_id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a consolidation is with each device, and why one was skipped
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryConsolidationDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/consolidations/{consolidation_id}/drop-old-mirrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drop the mirror tables that a consolidation has left behind
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryDropOldMirrors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/consolidations/{consolidation_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a stopped consolidation up again
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryResumeConsolidation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/consolidations/{consolidation_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop after the step under way
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryStopConsolidation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The effective policy of a fleet: its own values over its project's
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some values for a fleet; null takes one back to its project's
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        patch: operations["patchFleetPolicy"];
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/policy/effect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changing the policy of a fleet would set in motion, without changing it
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetPolicyEffect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/policy/mode-effect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What another schema coalescing mode would concern, without changing it
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryModeEffect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The schemas that are decided for many devices at once
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The registry's review queue
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One registry review, column by column, with what waits for it
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/abandon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide nothing: the devices ask again with their next batch, as the mode then says
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryAbandon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve for every device that waits, with one action for every source column
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim, or take over
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people say about a registry review
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryComments"];
        put?: never;
        /**
         * Say something about a registry review
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The unfinished decision
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryDraft"];
        /**
         * Save the unfinished decision
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        put: operations["putFleetRegistryDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits for a registry review and whom it concerns, in counts
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryReviewFacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an approval would do, without doing it
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject with a reason
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a claimed review back
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-reviews/{registry_review_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a rejected review back into the queue
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry-tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Source tables by schema version, with the devices on each and those that are behind
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryTables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry/{registry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One registry entry
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry/{registry_id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices that have a schema of the registry, or are on an older one of its table
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getFleetRegistryDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/fleets/{fleet_id}/edge/registry/{registry_id}/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bind and replay every lineage in scope on an approved schema, or say what that would do
         * @description Needs PROJECT_CAN_MANAGE_DEVICES.
         */
        post: operations["postFleetRegistryReconcile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/mqtt-access-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connections, failed authentication and denied topics, as the broker saw them
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getMqttAccessEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What needs a person now
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is kept for how long, and what the last rounds of the retention took away
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getRetention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/saved-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's saved views, by name
         * @description Needs PROJECT_CAN_VIEW.
         */
        get: operations["getSavedViews"];
        put?: never;
        /**
         * Keep the filters of a list under a name
         * @description Needs PROJECT_CAN_VIEW.
         */
        post: operations["postSavedView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/saved-views/{saved_view_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget a saved view
         * @description Needs PROJECT_CAN_VIEW.
         */
        delete: operations["deleteView"];
        options?: never;
        head?: never;
        /**
         * Rename a saved view, or keep other filters under its name
         * @description Needs PROJECT_CAN_VIEW.
         */
        patch: operations["patchSavedView"];
        trace?: never;
    };
    "/projects/{project_id}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The webhooks of the project
         * @description Needs ORG_CAN_ADMIN.
         */
        get: operations["getWebhooks"];
        put?: never;
        /**
         * Set up a webhook; its signing secret is shown this once
         * @description Needs ORG_CAN_ADMIN.
         */
        post: operations["postWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook
         * @description Needs ORG_CAN_ADMIN.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook with its log and what is pending
         * @description Needs ORG_CAN_ADMIN.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change name, address or kinds, or switch it on or off
         * @description Needs ORG_CAN_ADMIN.
         */
        patch: operations["patchWebhook"];
        trace?: never;
    };
    "/projects/{project_id}/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the webhook was sent
         * @description Needs ORG_CAN_ADMIN.
         */
        get: operations["getWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/webhooks/{webhook_id}/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One message with every attempt to deliver it
         * @description Needs ORG_CAN_ADMIN.
         */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again, under its id
         * @description Needs ORG_CAN_ADMIN.
         */
        post: operations["postRedeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/webhooks/{webhook_id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new signing secret, shown this once; for a day messages are signed with both
         * @description Needs ORG_CAN_ADMIN.
         */
        post: operations["postRotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message; the log says what came of it
         * @description Needs ORG_CAN_ADMIN.
         */
        post: operations["postTestWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's personal API tokens, or with user=all those of the organisation
         * @description For every signed-in person.
         */
        get: operations["getTokens"];
        put?: never;
        /**
         * Create a personal API token; it is shown this once
         * @description For every signed-in person.
         */
        post: operations["postToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a token at once
         * @description For every signed-in person.
         */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Activity: {
            bucket_seconds: number;
            points: {
                /** Format: date-time */
                at: string;
                rows: number | null;
                staged_bytes: number | null;
                staged_rows: number | null;
            }[];
            /** @enum {string} */
            window: "1h" | "6h" | "24h" | "7d" | "30d";
        };
        ApiToken: {
            /** Format: date-time */
            created_at: string;
            expires_at: string | null;
            /** Format: uuid */
            id: string;
            last_used_at: string | null;
            name: string;
            revoked_at: string | null;
            scopes: ("PROJECT_CAN_VIEW" | "PROJECT_CAN_MANAGE_DEVICES" | "PROJECT_CAN_READ_ROWS" | "ORG_CAN_ADMIN")[];
            user_email: string;
            /** Format: uuid */
            user_id: string;
        };
        BlastRadius: {
            announced_devices: number;
            approved_devices: number;
            fleets: components["schemas"]["FleetRadius"][];
            rejected_devices: number;
            rows_per_minute: number;
            waiting_devices: number;
            waiting_devices_offline: number;
            waiting_staged_rows: number;
            window_minutes: number;
        };
        CoalescedMirror: {
            columns: {
                name: string;
                source_column_name: string;
                type: string;
            }[];
            device_count: number;
            generation: number;
            /** Format: uuid */
            id: string;
            mirror_table_name: string;
            row_count_estimate: number;
            schema_hashes: string[];
            /** @enum {string} */
            scope: "project" | "fleet";
            /** Format: uuid */
            scope_id: string;
            scope_name: string;
            /** @enum {string} */
            source: "mirror" | "coalesced";
            source_table: string;
        };
        ColumnAction: {
            /** @enum {string} */
            action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
            /** Format: uuid */
            device_data_point_id?: string;
            is_time_column?: boolean;
            mirror_column_name?: string;
            mirror_table_name?: string;
            rename_of?: string;
            source_column_name: string;
            widen?: boolean;
        };
        ColumnBinding: {
            /** @enum {string} */
            action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
            device_data_point_id: string | null;
            mirror_column_name: string | null;
            schema_hash: string;
            source_column_name: string;
        };
        ColumnFacts: {
            mirror_type: string;
            misfits: {
                example_kind: ("not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres") | null;
                of: number;
                rows: number;
            };
            nulls: {
                of: number;
                rows: number;
            };
            source_column_name: string;
        };
        Control: {
            acknowledged_at: string | null;
            attempts: number;
            /** Format: uuid */
            control_id: string;
            /** @enum {string} */
            control_kind: "pause_lineage" | "resume_lineage" | "url_grant" | "state_write";
            /** Format: uuid */
            device_id: string;
            reason: string | null;
            sent_at: string | null;
            server_watermark: string | null;
            source_table: string | null;
        };
        DataPoint: {
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            device_id: string;
            /** Format: uuid */
            id: string;
            latest: {
                /** Format: date-time */
                ts: string;
                value: string | boolean;
            } | null;
            name: string;
            unit: string | null;
            /** @enum {string} */
            value_type: "numeric" | "boolean" | "text";
        };
        Device: {
            connected: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            fleet_id: string;
            /** Format: uuid */
            id: string;
            is_demo: boolean;
            last_seen_at: string | null;
            name: string;
            /** Format: uuid */
            project_id: string;
            root_topic: string;
        };
        Event: {
            actor: {
                id: string;
                /** @enum {string} */
                kind: "user" | "system" | "device";
                label: string;
            };
            address: string | null;
            /** Format: date-time */
            at: string;
            correlation_id: string;
            data: {
                [key: string]: unknown;
            };
            device_id: string | null;
            device_name: string | null;
            fleet_id: string | null;
            fleet_name: string | null;
            /** Format: uuid */
            id: string;
            kind: string;
            lineage_id: string | null;
            source_table: string | null;
            subject: {
                id: string;
                kind: string;
            };
            token_id: string | null;
        };
        FailureGroup: {
            column: string | null;
            example: {
                commit_seq: string;
                error: string;
                pk: string;
            } | null;
            id: string;
            kind: ("not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres") | null;
            remedies: {
                refused: string | null;
                /** @enum {string} */
                remedy: "as_is" | "null_value" | "text_column";
            }[];
            rows: number;
            schema_hash: string;
        };
        Fleet: {
            connected_count: number;
            /** Format: date-time */
            created_at: string;
            device_count: number;
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: uuid */
            project_id: string;
            silent_count: number;
        };
        FleetRadius: {
            approved_devices: number;
            /** Format: uuid */
            fleet_id: string;
            fleet_name: string;
            waiting_devices: number;
        };
        Lineage: {
            accepted_row_count: number;
            /** Format: date-time */
            created_at: string;
            current_schema_hash: string;
            /** Format: uuid */
            device_id: string;
            device_name: string;
            duplicate_row_count: number;
            /** Format: uuid */
            fleet_id: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            last_batch_at: string;
            last_staged_at: string | null;
            last_written_at: string | null;
            materialization_failure_count: number;
            materialization_last_error: string | null;
            mirror_id: string | null;
            /** Format: uuid */
            org_id: string;
            pause_causes: components["schemas"]["PauseCause"][];
            /** Format: uuid */
            project_id: string;
            rejected_row_count: number;
            rows_per_minute: number;
            source_table: string;
            staged_bytes: number;
            staged_bytes_max: number;
            staged_row_count: number;
            staged_rows_max: number;
            /** @enum {string} */
            status: "active" | "paused";
            /** Format: date-time */
            updated_at: string;
            watermark: {
                batch_seq?: string;
                commit_seq?: string;
                journal_epoch?: string;
            };
        };
        LineageActivity: {
            bucket_seconds: number;
            forecast: {
                bytes_per_minute: number;
                cap_bytes: number;
                cap_rows: number;
                full_at: string | null;
                rows_per_minute: number;
                seen_minutes: number;
            };
            points: {
                /** Format: date-time */
                at: string;
                batches: number;
                duplicates: number;
                rows: number;
                staged_batches: number;
            }[];
            /** @enum {string} */
            window: "1h" | "6h" | "24h" | "7d" | "30d";
        };
        LineageDetail: {
            column_bindings: components["schemas"]["ColumnBinding"][];
            failed_row_count: number;
            lineage: components["schemas"]["Lineage"];
            mirror: components["schemas"]["Mirror"] | null;
            open_review: components["schemas"]["SchemaReview"] | null;
            pending_controls: components["schemas"]["Control"][];
            refused_batches: {
                last_at: string | null;
                waiting: number;
            };
            registry_review_id: string | null;
            replay_intent: components["schemas"]["ReplayIntent"] | null;
            schema_versions: components["schemas"]["SchemaVersion"][];
        };
        Member: {
            /** Format: date-time */
            created_at: string;
            email: string;
            last_signed_in_at: string | null;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin" | "owner";
            /** Format: uuid */
            user_id: string;
        };
        MemberWithPassword: {
            /** Format: date-time */
            created_at: string;
            email: string;
            last_signed_in_at: string | null;
            name: string;
            password: string | null;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin" | "owner";
            /** Format: uuid */
            user_id: string;
        };
        Mirror: {
            columns: {
                name: string;
                source_column_name: string;
                type: string;
            }[];
            generation: number;
            /** Format: uuid */
            id: string;
            mirror_table_name: string;
            row_count_estimate: number;
            /** @enum {string} */
            scope: "device" | "project" | "fleet";
            /** Format: uuid */
            scope_id: string;
            /** @enum {string} */
            source: "mirror" | "coalesced";
            source_table: string;
        };
        MirrorRow: {
            data: {
                [key: string]: null | boolean | number | string;
            };
            /** Format: uuid */
            device_id: string;
            device_name?: string | null;
            key: (string | null)[];
            materialized_at: {
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                updated_at: string;
            };
        };
        MirrorRows: {
            by_index: {
                filter: boolean;
                sort: boolean;
            };
            columns: {
                name: string;
                source_column_name: string;
                type: string;
            }[];
            key_columns: string[];
            mirror_table_name: string;
            rows: components["schemas"]["MirrorRow"][];
            /** @enum {string} */
            source: "mirror" | "coalesced";
        };
        MqttAccessEvent: {
            /** Format: date-time */
            at: string;
            device_id: string | null;
            fleet_id: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "connected" | "disconnected" | "auth_failed" | "publish_denied" | "subscribe_denied";
            reason: string | null;
            topic: string | null;
            username: string;
        };
        MqttConnection: {
            broker_url: string;
            client_id: string;
            password: string;
            root_topic: string;
            username: string;
        };
        MqttConnectionDetails: {
            broker_url: string;
            /** @enum {string} */
            certificate_status: "none";
            client_id: string;
            publish_filters: string[];
            root_topic: string;
            subscribe_filters: string[];
            username: string;
        };
        Org: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin" | "owner";
        };
        Overview: {
            backpressure: number;
            breakers_open: number;
            devices: number;
            devices_connected: number;
            devices_never_seen: number;
            devices_silent: number;
            lineages: number;
            lineages_paused: number;
            oldest_review_at: string | null;
            rejected_batches_24h: number;
            reviews_waiting: number;
            rows_last_hour: number;
            staged_rows: number;
            workers: {
                alive: boolean;
                /** Format: date-time */
                beat_at: string;
                broker_connected: boolean;
                slot: string;
            }[];
        };
        PageMeta: {
            current_page: number;
            items_per_page: number;
            next_cursor: string | null;
            previous_cursor?: string | null;
            total_items: number;
            total_items_estimated?: boolean;
            total_pages: number;
        };
        PauseCause: {
            acknowledged_at: string | null;
            /** @enum {string} */
            cause: "schema_review" | "operator" | "backpressure" | "circuit_breaker";
            detail: string;
            device_told: boolean;
            /** Format: date-time */
            since: string;
        };
        Policy: {
            allow_additive_continue: boolean;
            allow_auto_create_device_data_points: boolean;
            max_pending_bytes_per_lineage: number;
            max_pending_rows_per_lineage: number;
            origins: {
                [key: string]: "default" | "project" | "fleet";
            };
            rejected_batch_retention_days: number;
            resume_threshold_percent: number;
            /** @enum {string} */
            schema_coalescing_mode: "none" | "project" | "fleet";
            tombstone_retention_days: number;
        };
        Project: {
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: uuid */
            org_id: string;
            topic_slug: string | null;
        };
        Refusal: {
            /** @description With 409: the state as it is now */
            data?: unknown;
            /** @description What is wrong and what to do */
            detail: string;
            /** @description With 422 and 400: every place at fault */
            errors?: {
                code: string;
                detail: string;
                path: string;
            }[];
            /** @description A stable code */
            message: string;
            /** @constant */
            ok: 0;
        };
        RegistryEntry: {
            /** @enum {string} */
            classification: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
            column_actions: components["schemas"]["ColumnAction"][] | null;
            columns: components["schemas"]["SchemaColumn"][] | null;
            /** Format: date-time */
            created_at: string;
            decided_at: string | null;
            device_count: number;
            /** Format: uuid */
            id: string;
            mirror_id: string | null;
            mirror_table_name: string | null;
            open_review_id: string | null;
            schema_hash: string;
            /** @enum {string} */
            scope: "project" | "fleet";
            /** Format: uuid */
            scope_id: string;
            scope_name: string;
            source_table: string;
            staged_row_count: number;
            /** @enum {string} */
            status: "pending" | "approved" | "rejected";
            /** Format: date-time */
            updated_at: string;
            verified: boolean;
            waiting_lineages: number;
        };
        RegistryReview: {
            action_version: number;
            claimed_at: string | null;
            claimed_by: string | null;
            claimed_by_name: string | null;
            /** @enum {string} */
            classification: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
            column_actions: components["schemas"]["ColumnAction"][] | null;
            /** Format: date-time */
            created_at: string;
            decided_at: string | null;
            /** Format: uuid */
            id: string;
            reason: string | null;
            reasons: components["schemas"]["SchemaChangeReason"][];
            /** Format: uuid */
            registry_id: string;
            schema_hash: string;
            /** @enum {string} */
            scope: "project" | "fleet";
            /** Format: uuid */
            scope_id: string;
            scope_name: string;
            source_table: string;
            staged_row_count: number;
            /** @enum {string} */
            status: "queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded";
            /** Format: date-time */
            updated_at: string;
            verified: boolean;
            waiting_lineages: number;
        };
        RegistryReviewDetail: {
            action_version: number;
            claimed_at: string | null;
            claimed_by: string | null;
            claimed_by_name: string | null;
            /** @enum {string} */
            classification: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
            column_actions: components["schemas"]["ColumnAction"][] | null;
            columns: components["schemas"]["ReviewColumn"][];
            columns_inferred: boolean;
            /** Format: date-time */
            created_at: string;
            decided_at: string | null;
            draft: components["schemas"]["ColumnAction"][] | null;
            draft_stale: {
                reason: string;
            } | null;
            /** Format: uuid */
            id: string;
            mirror_table_name: string;
            reason: string | null;
            reasons: components["schemas"]["SchemaChangeReason"][];
            /** Format: uuid */
            registry_id: string;
            removed_columns: components["schemas"]["SchemaColumn"][];
            replay: {
                completed: number;
                done_rows: number;
                lineages: number;
                total_rows: number;
            } | null;
            schema_hash: string;
            /** @enum {string} */
            scope: "project" | "fleet";
            /** Format: uuid */
            scope_id: string;
            scope_name: string;
            source_table: string;
            staged_row_count: number;
            /** @enum {string} */
            status: "queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded";
            /** Format: date-time */
            updated_at: string;
            verified: boolean;
            waiting_lineages: number;
        };
        RejectedBatch: {
            batch_id: string | null;
            bytes: number;
            cause: string;
            code: string;
            detail: string;
            device_id: string | null;
            device_name: string | null;
            /** Format: uuid */
            id: string;
            meaning: string;
            path: string | null;
            /** Format: date-time */
            received_at: string;
            remedy: string;
            retried_at: string | null;
            retry_outcome: ("accepted" | "rejected") | null;
            source_table: string | null;
            topic: string;
        };
        RejectedBatchDetail: {
            batch_id: string | null;
            bytes: number;
            cause: string;
            code: string;
            detail: string;
            device_id: string | null;
            device_name: string | null;
            /** Format: uuid */
            id: string;
            meaning: string;
            path: string | null;
            payload: string;
            /** @enum {string} */
            payload_encoding: "utf-8" | "base64";
            /** Format: date-time */
            received_at: string;
            remedy: string;
            retried_at: string | null;
            retry_outcome: ("accepted" | "rejected") | null;
            source_table: string | null;
            topic: string;
        };
        RenameProposal: {
            agreeing: number;
            compared: number;
            from: string;
            share: number;
            to: string;
        };
        ReplayIntent: {
            action_kind: string;
            action_version: number;
            /** Format: date-time */
            created_at: string;
            done_rows: number;
            failure_count: number;
            /** Format: uuid */
            id: string;
            last_error: string | null;
            /** @enum {string} */
            status: "pending" | "running" | "completed" | "failed";
            total_rows: number;
            /** Format: date-time */
            updated_at: string;
        };
        ReviewColumn: {
            before: components["schemas"]["SchemaColumn"] | null;
            /** @enum {string} */
            decl_type_affinity: "INTEGER" | "TEXT" | "REAL" | "BLOB" | "NUMERIC";
            mirror_type: string;
            misfit_example: string | null;
            misfit_rows: number;
            name: string;
            not_null: boolean;
            null_share: number;
            pk_ordinal: number;
            proposal_reason: string;
            proposed: components["schemas"]["ColumnAction"];
            sampled_rows: number;
            samples: string[];
        };
        ReviewComment: {
            author_id: string;
            author_label: string;
            body: string;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            review_id: string;
        };
        ReviewDetail: {
            action_version: number;
            claimed_at: string | null;
            claimed_by: string | null;
            claimed_by_name: string | null;
            /** @enum {string} */
            classification: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
            column_actions: components["schemas"]["ColumnAction"][] | null;
            columns: components["schemas"]["ReviewColumn"][];
            columns_inferred: boolean;
            /** Format: date-time */
            created_at: string;
            decided_at: string | null;
            /** Format: uuid */
            device_id: string;
            device_name: string;
            draft: components["schemas"]["ColumnAction"][] | null;
            draft_stale: {
                reason: string;
            } | null;
            /** Format: uuid */
            fleet_id: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            lineage_id: string;
            mirror_table_name: string;
            reason: string | null;
            reasons: components["schemas"]["SchemaChangeReason"][];
            removed_columns: components["schemas"]["SchemaColumn"][];
            rename_proposals: components["schemas"]["RenameProposal"][];
            replay: components["schemas"]["ReplayIntent"] | null;
            same_columns_as: {
                review_id: string | null;
                schema_hash: string;
                /** @enum {string} */
                status: "pending" | "approved" | "deferred" | "rejected";
                verified: boolean;
            }[];
            schema_hash: string;
            source_table: string;
            staged_row_count: number;
            /** @enum {string} */
            status: "queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded";
            superseded_by: string | null;
            unlisted_fields: string[];
            /** Format: date-time */
            updated_at: string;
            use_registry_review_id: string | null;
            verified: boolean;
        };
        ReviewFacts: {
            blast_radius: components["schemas"]["BlastRadius"];
            columns: components["schemas"]["ColumnFacts"][];
            estimated: boolean;
            examined_rows: number;
            /** Format: uuid */
            review_id: string;
            schema_hash: string;
            source_table: string;
            staged_row_count: number;
        };
        ReviewPreview: {
            bindings: components["schemas"]["ColumnBinding"][];
            ddl: string[];
            failures: {
                column: string | null;
                example: {
                    error: string;
                    row: string;
                } | null;
                /** @enum {string} */
                kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                rows: number;
            }[];
            landing_rows: number;
            staged_rows: number;
            tried_rows: number;
            warnings: string[];
        };
        SchemaChangeReason: {
            /** @enum {string} */
            change: "first_schema" | "added" | "added_not_null" | "removed" | "type_changed" | "key_changed" | "nullability_changed" | "unverified" | "columns_unknown";
            column: string;
            from?: string;
            to?: string;
        };
        SchemaColumn: {
            /** @enum {string} */
            decl_type_affinity: "INTEGER" | "TEXT" | "REAL" | "BLOB" | "NUMERIC";
            name: string;
            not_null: boolean;
            pk_ordinal: number;
        };
        SchemaReview: {
            action_version: number;
            claimed_at: string | null;
            claimed_by: string | null;
            claimed_by_name: string | null;
            /** @enum {string} */
            classification: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
            column_actions: components["schemas"]["ColumnAction"][] | null;
            /** Format: date-time */
            created_at: string;
            decided_at: string | null;
            /** Format: uuid */
            device_id: string;
            device_name: string;
            /** Format: uuid */
            fleet_id: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            lineage_id: string;
            reason: string | null;
            reasons: components["schemas"]["SchemaChangeReason"][];
            same_columns_as: {
                review_id: string | null;
                schema_hash: string;
                /** @enum {string} */
                status: "pending" | "approved" | "deferred" | "rejected";
                verified: boolean;
            }[];
            schema_hash: string;
            source_table: string;
            staged_row_count: number;
            /** @enum {string} */
            status: "queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded";
            superseded_by: string | null;
            /** Format: date-time */
            updated_at: string;
            use_registry_review_id: string | null;
            verified: boolean;
        };
        SchemaVersion: {
            /** @enum {string} */
            classification: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
            columns: components["schemas"]["SchemaColumn"][] | null;
            /** Format: date-time */
            first_seen_at: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            lineage_id: string;
            registry_id: string | null;
            schema_hash: string;
            staged_row_count: number;
            /** @enum {string} */
            status: "pending" | "approved" | "deferred" | "rejected";
            verified: boolean;
        };
        StagedRow: {
            commit_seq: string | null;
            error: string | null;
            event_ts: string | null;
            id: string;
            journal_epoch: string | null;
            /** @enum {string} */
            op: "insert" | "update" | "delete";
            pk: {
                [key: string]: null | boolean | number | string;
            };
            /** Format: date-time */
            received_at: string;
            row: {
                [key: string]: null | boolean | number | string;
            } | null;
            schema_hash: string;
            source_table: string;
            /** @enum {string} */
            staging_reason: "schema_review" | "lineage_paused" | "materialization_failed";
        };
    };
    responses: {
        /** @description The state has moved on; `data` holds what it is now. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description A fault on the server; nothing was changed. The log has it under the correlation id. */
        Fault: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description The request is malformed: a parameter, a header or JSON that cannot be read. */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description Well-formed and not acceptable; `errors` names every place. */
        NotAcceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description There is no valid token or session. */
        NotAuthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description It is not there, or the caller may not see it. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description The caller may see this, and may not do it. */
        NotPermitted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description The body is larger than 1 MiB. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description Too many calls; the header Retry-After says when to try again. */
        TooMany: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description Something that is needed is down; nothing was changed. Try again. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    postOwnPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @constant */
                            changed: true;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMembers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                q?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    name?: string;
                    /** @enum {string} */
                    role: "viewer" | "operator" | "admin" | "owner";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MemberWithPassword"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "viewer" | "operator" | "admin" | "owner";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postMemberPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MemberWithPassword"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOidcStatus: {
        parameters: {
            query?: {
                refresh?: "true" | "false";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            audience: string | null;
                            configured: boolean;
                            issuer: string | null;
                            jwks_url: string | null;
                            keys: {
                                count: number;
                                error: string | null;
                                fetched_at: string | null;
                                tried_at: string | null;
                            };
                            name: string | null;
                            people: number;
                            sign_in: boolean;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOrgs: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Org"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProjects: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Project"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    topic_slug?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Project"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getActivity: {
        parameters: {
            query?: {
                window?: "1h" | "6h" | "24h" | "7d" | "30d";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Activity"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProjectDevices: {
        parameters: {
            query?: {
                connected?: "true" | "false";
                cursor?: string;
                fleet_id?: string;
                having?: "lineages" | "paused_lineages" | "rejected_batches" | "pending_controls";
                limit?: number;
                name?: string;
                page?: number;
                presence?: "connected" | "away" | "silent" | "never_seen";
                q?: string;
                sort?: "name" | "-name" | "last_seen_at" | "-last_seen_at" | "created_at" | "-created_at" | "lineages" | "-lineages" | "paused_lineages" | "-paused_lineages" | "rejected_batches" | "-rejected_batches" | "pending_controls" | "-pending_controls";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            connected: boolean;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            fleet_id: string;
                            fleet_name: string;
                            /** Format: uuid */
                            id: string;
                            is_demo: boolean;
                            last_seen_at: string | null;
                            lineage_count: number;
                            name: string;
                            paused_lineage_count: number;
                            pending_control_count: number;
                            /** Format: uuid */
                            project_id: string;
                            rejected_batch_count: number;
                            root_topic: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProjectDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                device_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Device"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDataPoints: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                device_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            device_id: string;
                            /** Format: uuid */
                            id: string;
                            is_from_future: boolean;
                            latest: {
                                /** Format: date-time */
                                ts: string;
                                value: string | boolean;
                            } | null;
                            mapped_from: {
                                /** @enum {string} */
                                action: "map" | "auto_create_and_map";
                                is_current: boolean;
                                /** Format: uuid */
                                lineage_id: string;
                                source_column_name: string;
                                source_table: string;
                            }[];
                            name: string;
                            unit: string | null;
                            /** @enum {string} */
                            value_type: "numeric" | "boolean" | "text";
                            values_last_hour: number;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postDataPoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                device_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default null */
                    unit?: string | null;
                    /** @enum {string} */
                    value_type: "numeric" | "boolean" | "text";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DataPoint"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBulkJobs: {
        parameters: {
            query?: {
                action?: "claim" | "approve" | "reject" | "reset";
                cursor?: string;
                limit?: number;
                page?: number;
                status?: "previewed" | "running" | "completed" | "cancelled";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @enum {string} */
                            action: "claim" | "approve" | "reject" | "reset";
                            cancelled_items: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            created_by: string;
                            created_by_label: string;
                            done_items: number;
                            failed_items: number;
                            filter: {
                                [key: string]: unknown;
                            };
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            pending_items: number;
                            reason: string | null;
                            shapes: {
                                columns: components["schemas"]["SchemaColumn"][] | null;
                                decision: components["schemas"]["ColumnAction"][] | null;
                                items: number;
                                /** @enum {string} */
                                kind: "schema_review" | "registry_review" | "lineage";
                                preview: {
                                    ddl: string[];
                                    failures: {
                                        column: string | null;
                                        example: {
                                            error: string;
                                            row: string;
                                        } | null;
                                        /** @enum {string} */
                                        kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                                        rows: number;
                                    }[];
                                    landing_rows: number;
                                    /** Format: uuid */
                                    review_id: string;
                                    staged_rows: number;
                                    /** Format: date-time */
                                    tried_at: string;
                                    tried_rows: number;
                                    warnings: string[];
                                } | null;
                                problem: string | null;
                                schema_hash: string;
                                source_table: string;
                                staged_row_count: number;
                                verified: boolean;
                            }[];
                            started_at: string | null;
                            started_by: string | null;
                            started_by_label: string | null;
                            /** @enum {string} */
                            status: "previewed" | "running" | "completed" | "cancelled";
                            summary: string;
                            take_over: boolean;
                            total_items: number;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postBulkJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    action: "claim";
                    filter: {
                        /** @enum {string} */
                        change?: "first_schema" | "added" | "added_not_null" | "removed" | "type_changed" | "key_changed" | "nullability_changed" | "unverified" | "columns_unknown";
                        /** @enum {string} */
                        claimant?: "me" | "nobody" | "other";
                        /** @enum {string} */
                        classification?: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                        /** Format: uuid */
                        device_id?: string;
                        /** Format: uuid */
                        fleet_id?: string;
                        ids?: string[];
                        /** @enum {string} */
                        kind?: "device" | "registry";
                        min_age_minutes?: number;
                        q?: string;
                        schema_hash?: string;
                        source_table?: string;
                        /** @enum {string} */
                        staged?: "some" | "none";
                        status?: ("queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded") | "open";
                    };
                    /** @default false */
                    take_over?: boolean;
                } | {
                    /** @constant */
                    action: "approve";
                    filter: {
                        /** @enum {string} */
                        change?: "first_schema" | "added" | "added_not_null" | "removed" | "type_changed" | "key_changed" | "nullability_changed" | "unverified" | "columns_unknown";
                        /** @enum {string} */
                        claimant?: "me" | "nobody" | "other";
                        /** @enum {string} */
                        classification?: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                        /** Format: uuid */
                        device_id?: string;
                        /** Format: uuid */
                        fleet_id?: string;
                        ids?: string[];
                        /** @enum {string} */
                        kind?: "device" | "registry";
                        min_age_minutes?: number;
                        q?: string;
                        schema_hash?: string;
                        source_table?: string;
                        /** @enum {string} */
                        staged?: "some" | "none";
                        status?: ("queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded") | "open";
                    };
                    /** @default false */
                    take_over?: boolean;
                } | {
                    /** @constant */
                    action: "reject";
                    filter: {
                        /** @enum {string} */
                        change?: "first_schema" | "added" | "added_not_null" | "removed" | "type_changed" | "key_changed" | "nullability_changed" | "unverified" | "columns_unknown";
                        /** @enum {string} */
                        claimant?: "me" | "nobody" | "other";
                        /** @enum {string} */
                        classification?: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                        /** Format: uuid */
                        device_id?: string;
                        /** Format: uuid */
                        fleet_id?: string;
                        ids?: string[];
                        /** @enum {string} */
                        kind?: "device" | "registry";
                        min_age_minutes?: number;
                        q?: string;
                        schema_hash?: string;
                        source_table?: string;
                        /** @enum {string} */
                        staged?: "some" | "none";
                        status?: ("queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded") | "open";
                    };
                    reason: string;
                    /** @default false */
                    take_over?: boolean;
                } | {
                    /** @constant */
                    action: "reset";
                    filter: {
                        /** Format: uuid */
                        device_id?: string;
                        /** @constant */
                        failing?: "true";
                        /** Format: uuid */
                        fleet_id?: string;
                        ids?: string[];
                        /** @enum {string} */
                        pause_cause?: "schema_review" | "operator" | "backpressure" | "circuit_breaker";
                        q?: string;
                        source_table?: string;
                        /** @enum {string} */
                        status?: "active" | "paused";
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @enum {string} */
                            action: "claim" | "approve" | "reject" | "reset";
                            cancelled_items: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            created_by: string;
                            created_by_label: string;
                            done_items: number;
                            failed_items: number;
                            filter: {
                                [key: string]: unknown;
                            };
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            pending_items: number;
                            reason: string | null;
                            shapes: {
                                columns: components["schemas"]["SchemaColumn"][] | null;
                                decision: components["schemas"]["ColumnAction"][] | null;
                                items: number;
                                /** @enum {string} */
                                kind: "schema_review" | "registry_review" | "lineage";
                                preview: {
                                    ddl: string[];
                                    failures: {
                                        column: string | null;
                                        example: {
                                            error: string;
                                            row: string;
                                        } | null;
                                        /** @enum {string} */
                                        kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                                        rows: number;
                                    }[];
                                    landing_rows: number;
                                    /** Format: uuid */
                                    review_id: string;
                                    staged_rows: number;
                                    /** Format: date-time */
                                    tried_at: string;
                                    tried_rows: number;
                                    warnings: string[];
                                } | null;
                                problem: string | null;
                                schema_hash: string;
                                source_table: string;
                                staged_row_count: number;
                                verified: boolean;
                            }[];
                            started_at: string | null;
                            started_by: string | null;
                            started_by_label: string | null;
                            /** @enum {string} */
                            status: "previewed" | "running" | "completed" | "cancelled";
                            summary: string;
                            take_over: boolean;
                            total_items: number;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBulkJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                bulk_job_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @enum {string} */
                            action: "claim" | "approve" | "reject" | "reset";
                            cancelled_items: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            created_by: string;
                            created_by_label: string;
                            done_items: number;
                            failed_items: number;
                            filter: {
                                [key: string]: unknown;
                            };
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            pending_items: number;
                            reason: string | null;
                            shapes: {
                                columns: components["schemas"]["SchemaColumn"][] | null;
                                decision: components["schemas"]["ColumnAction"][] | null;
                                items: number;
                                /** @enum {string} */
                                kind: "schema_review" | "registry_review" | "lineage";
                                preview: {
                                    ddl: string[];
                                    failures: {
                                        column: string | null;
                                        example: {
                                            error: string;
                                            row: string;
                                        } | null;
                                        /** @enum {string} */
                                        kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                                        rows: number;
                                    }[];
                                    landing_rows: number;
                                    /** Format: uuid */
                                    review_id: string;
                                    staged_rows: number;
                                    /** Format: date-time */
                                    tried_at: string;
                                    tried_rows: number;
                                    warnings: string[];
                                } | null;
                                problem: string | null;
                                schema_hash: string;
                                source_table: string;
                                staged_row_count: number;
                                verified: boolean;
                            }[];
                            started_at: string | null;
                            started_by: string | null;
                            started_by_label: string | null;
                            /** @enum {string} */
                            status: "previewed" | "running" | "completed" | "cancelled";
                            summary: string;
                            take_over: boolean;
                            total_items: number;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postCancelBulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                bulk_job_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @enum {string} */
                            action: "claim" | "approve" | "reject" | "reset";
                            cancelled_items: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            created_by: string;
                            created_by_label: string;
                            done_items: number;
                            failed_items: number;
                            filter: {
                                [key: string]: unknown;
                            };
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            pending_items: number;
                            reason: string | null;
                            shapes: {
                                columns: components["schemas"]["SchemaColumn"][] | null;
                                decision: components["schemas"]["ColumnAction"][] | null;
                                items: number;
                                /** @enum {string} */
                                kind: "schema_review" | "registry_review" | "lineage";
                                preview: {
                                    ddl: string[];
                                    failures: {
                                        column: string | null;
                                        example: {
                                            error: string;
                                            row: string;
                                        } | null;
                                        /** @enum {string} */
                                        kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                                        rows: number;
                                    }[];
                                    landing_rows: number;
                                    /** Format: uuid */
                                    review_id: string;
                                    staged_rows: number;
                                    /** Format: date-time */
                                    tried_at: string;
                                    tried_rows: number;
                                    warnings: string[];
                                } | null;
                                problem: string | null;
                                schema_hash: string;
                                source_table: string;
                                staged_row_count: number;
                                verified: boolean;
                            }[];
                            started_at: string | null;
                            started_by: string | null;
                            started_by_label: string | null;
                            /** @enum {string} */
                            status: "previewed" | "running" | "completed" | "cancelled";
                            summary: string;
                            take_over: boolean;
                            total_items: number;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postDecideShape: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                bulk_job_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                    /** @enum {string} */
                    kind: "schema_review" | "registry_review";
                    schema_hash: string;
                    source_table: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @enum {string} */
                            action: "claim" | "approve" | "reject" | "reset";
                            cancelled_items: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            created_by: string;
                            created_by_label: string;
                            done_items: number;
                            failed_items: number;
                            filter: {
                                [key: string]: unknown;
                            };
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            pending_items: number;
                            reason: string | null;
                            shapes: {
                                columns: components["schemas"]["SchemaColumn"][] | null;
                                decision: components["schemas"]["ColumnAction"][] | null;
                                items: number;
                                /** @enum {string} */
                                kind: "schema_review" | "registry_review" | "lineage";
                                preview: {
                                    ddl: string[];
                                    failures: {
                                        column: string | null;
                                        example: {
                                            error: string;
                                            row: string;
                                        } | null;
                                        /** @enum {string} */
                                        kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                                        rows: number;
                                    }[];
                                    landing_rows: number;
                                    /** Format: uuid */
                                    review_id: string;
                                    staged_rows: number;
                                    /** Format: date-time */
                                    tried_at: string;
                                    tried_rows: number;
                                    warnings: string[];
                                } | null;
                                problem: string | null;
                                schema_hash: string;
                                source_table: string;
                                staged_row_count: number;
                                verified: boolean;
                            }[];
                            started_at: string | null;
                            started_by: string | null;
                            started_by_label: string | null;
                            /** @enum {string} */
                            status: "previewed" | "running" | "completed" | "cancelled";
                            summary: string;
                            take_over: boolean;
                            total_items: number;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBulkItems: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                status?: "pending" | "done" | "failed" | "cancelled";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                bulk_job_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            attempts: number;
                            code: string | null;
                            detail: string | null;
                            device_name: string;
                            finished_at: string | null;
                            /** @enum {string} */
                            kind: "schema_review" | "registry_review" | "lineage";
                            position: number;
                            schema_hash: string;
                            source_table: string;
                            /** @enum {string} */
                            status: "pending" | "done" | "failed" | "cancelled";
                            /** Format: uuid */
                            subject_id: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRunFailed: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                bulk_job_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @enum {string} */
                            action: "claim" | "approve" | "reject" | "reset";
                            cancelled_items: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            created_by: string;
                            created_by_label: string;
                            done_items: number;
                            failed_items: number;
                            filter: {
                                [key: string]: unknown;
                            };
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            pending_items: number;
                            reason: string | null;
                            shapes: {
                                columns: components["schemas"]["SchemaColumn"][] | null;
                                decision: components["schemas"]["ColumnAction"][] | null;
                                items: number;
                                /** @enum {string} */
                                kind: "schema_review" | "registry_review" | "lineage";
                                preview: {
                                    ddl: string[];
                                    failures: {
                                        column: string | null;
                                        example: {
                                            error: string;
                                            row: string;
                                        } | null;
                                        /** @enum {string} */
                                        kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                                        rows: number;
                                    }[];
                                    landing_rows: number;
                                    /** Format: uuid */
                                    review_id: string;
                                    staged_rows: number;
                                    /** Format: date-time */
                                    tried_at: string;
                                    tried_rows: number;
                                    warnings: string[];
                                } | null;
                                problem: string | null;
                                schema_hash: string;
                                source_table: string;
                                staged_row_count: number;
                                verified: boolean;
                            }[];
                            started_at: string | null;
                            started_by: string | null;
                            started_by_label: string | null;
                            /** @enum {string} */
                            status: "previewed" | "running" | "completed" | "cancelled";
                            summary: string;
                            take_over: boolean;
                            total_items: number;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postStartBulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                bulk_job_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expected_items: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @enum {string} */
                            action: "claim" | "approve" | "reject" | "reset";
                            cancelled_items: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            created_by: string;
                            created_by_label: string;
                            done_items: number;
                            failed_items: number;
                            filter: {
                                [key: string]: unknown;
                            };
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            pending_items: number;
                            reason: string | null;
                            shapes: {
                                columns: components["schemas"]["SchemaColumn"][] | null;
                                decision: components["schemas"]["ColumnAction"][] | null;
                                items: number;
                                /** @enum {string} */
                                kind: "schema_review" | "registry_review" | "lineage";
                                preview: {
                                    ddl: string[];
                                    failures: {
                                        column: string | null;
                                        example: {
                                            error: string;
                                            row: string;
                                        } | null;
                                        /** @enum {string} */
                                        kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                                        rows: number;
                                    }[];
                                    landing_rows: number;
                                    /** Format: uuid */
                                    review_id: string;
                                    staged_rows: number;
                                    /** Format: date-time */
                                    tried_at: string;
                                    tried_rows: number;
                                    warnings: string[];
                                } | null;
                                problem: string | null;
                                schema_hash: string;
                                source_table: string;
                                staged_row_count: number;
                                verified: boolean;
                            }[];
                            started_at: string | null;
                            started_by: string | null;
                            started_by_label: string | null;
                            /** @enum {string} */
                            status: "previewed" | "running" | "completed" | "cancelled";
                            summary: string;
                            take_over: boolean;
                            total_items: number;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryMirrors: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                scope?: "project" | "fleet";
                source_table?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CoalescedMirror"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryMirror: {
        parameters: {
            query?: {
                count?: "exact";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            columns: {
                                key_ordinal: number;
                                name: string;
                                since: {
                                    /** Format: date-time */
                                    decided_at: string;
                                    /** Format: uuid */
                                    registry_id: string;
                                    schema_hash: string;
                                } | null;
                                source_column_name: string;
                                type: string;
                            }[];
                            device_count: number;
                            generation: number;
                            generations: {
                                generation: number;
                                /** Format: uuid */
                                id: string;
                                mirror_table_name: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            mirror_table_name: string;
                            row_count: number | null;
                            row_count_estimate: number;
                            schema_hashes: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            /** @enum {string} */
                            source: "mirror" | "coalesced";
                            source_table: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryConsolidate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dry_run: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            conflicting_devices: number;
                            devices: number;
                            dry_run: boolean;
                            job: {
                                copied_rows: number;
                                copied_tombstones: number;
                                /** Format: date-time */
                                created_at: string;
                                devices: number;
                                finished_at: string | null;
                                /** Format: uuid */
                                id: string;
                                last_error: string | null;
                                moved_devices: number;
                                old_mirrors: string[];
                                /** @enum {string} */
                                scope: "project" | "fleet";
                                /** Format: uuid */
                                scope_id: string;
                                scope_name: string;
                                skipped_devices: number;
                                source_table: string;
                                /** @enum {string} */
                                status: "pending" | "running" | "stopped" | "completed";
                                /** Format: date-time */
                                updated_at: string;
                            } | null;
                            lines: {
                                conflicts: string[];
                                /** Format: uuid */
                                device_id: string;
                                device_name: string;
                                /** Format: uuid */
                                lineage_id: string;
                                mirror_table_names: string[];
                                rows: number;
                                tombstones: number;
                            }[];
                            new_schema_hashes: string[];
                            rows: number;
                            source_table: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryMirrorDevices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                q?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            connected: boolean;
                            /** Format: uuid */
                            device_id: string;
                            device_name: string;
                            /** Format: uuid */
                            fleet_id: string;
                            /** Format: date-time */
                            last_batch_at: string;
                            /** Format: uuid */
                            lineage_id: string;
                            row_count: number;
                            row_count_estimated: boolean;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryMirrorRows: {
        parameters: {
            query?: {
                columns?: string;
                cursor?: string;
                device_id?: string;
                direction?: "forward" | "backward";
                filter?: string;
                limit?: number;
                page?: number;
                seek?: string;
                sort?: string;
                total?: "exact" | "estimate";
                where?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MirrorRows"];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryMirrorRowsExport: {
        parameters: {
            query?: {
                columns?: string;
                device_id?: string;
                filter?: string;
                format?: "csv" | "jsonl";
                sort?: string;
                where?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryConsolidationCandidates: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                scope?: "project" | "fleet";
                source_table?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            devices: number;
                            mirrors: number;
                            open_job_id: string | null;
                            open_job_status: ("pending" | "running" | "stopped" | "completed") | null;
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            source_table: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryConsolidations: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                scope?: "project" | "fleet";
                source_table?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            /** Format: date-time */
                            created_at: string;
                            devices: number;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            last_error: string | null;
                            moved_devices: number;
                            old_mirrors: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            skipped_devices: number;
                            source_table: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "stopped" | "completed";
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryConsolidation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            /** Format: date-time */
                            created_at: string;
                            devices: number;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            last_error: string | null;
                            moved_devices: number;
                            old_mirrors: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            skipped_devices: number;
                            source_table: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "stopped" | "completed";
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryConsolidationDevices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                status?: "pending" | "copying" | "moved" | "skipped";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            detail: string | null;
                            /** Format: uuid */
                            device_id: string;
                            device_name: string;
                            /** Format: uuid */
                            lineage_id: string;
                            /** @enum {string} */
                            status: "pending" | "copying" | "moved" | "skipped";
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryDropOldMirrors: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expected_mirrors: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            dropped: string[];
                            remaining: number;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryResumeConsolidation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            /** Format: date-time */
                            created_at: string;
                            devices: number;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            last_error: string | null;
                            moved_devices: number;
                            old_mirrors: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            skipped_devices: number;
                            source_table: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "stopped" | "completed";
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryStopConsolidation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            /** Format: date-time */
                            created_at: string;
                            devices: number;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            last_error: string | null;
                            moved_devices: number;
                            old_mirrors: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            skipped_devices: number;
                            source_table: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "stopped" | "completed";
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getControls: {
        parameters: {
            query?: {
                cursor?: string;
                device_id?: string;
                limit?: number;
                lineage_id?: string;
                page?: number;
                status?: "pending" | "acknowledged";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Control"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLineages: {
        parameters: {
            query?: {
                cursor?: string;
                device_id?: string;
                failing?: "true";
                fleet_id?: string;
                limit?: number;
                page?: number;
                pause_cause?: "schema_review" | "operator" | "backpressure" | "circuit_breaker";
                q?: string;
                sort?: "last_batch_at" | "-last_batch_at" | "source_table" | "-source_table" | "device_name" | "-device_name" | "staged_row_count" | "-staged_row_count" | "last_error_at" | "-last_error_at";
                source_table?: string;
                status?: "active" | "paused";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Lineage"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLineage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LineageDetail"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteLineage: {
        parameters: {
            query: {
                drop_mirror?: "true" | "false";
                expected_staged_rows: string;
            };
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            deleted_staged_rows: number;
                            dropped_mirrors: string[];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLineageActivity: {
        parameters: {
            query?: {
                window?: "1h" | "6h" | "24h" | "7d" | "30d";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LineageActivity"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postDiscardStaged: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expected_rows: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            discarded_rows: number;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFailures: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["FailureGroup"][];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRetryFailures: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                group_id: string;
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    remedy: "as_is" | "null_value" | "text_column";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            group_id: string;
                            /** @enum {string} */
                            remedy: "as_is" | "null_value" | "text_column";
                            rows: number;
                            text_column_name: string | null;
                            waits_for: string[];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getKeyHistory: {
        parameters: {
            query?: {
                key?: string;
                pk?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            batches: {
                                /** Format: uuid */
                                batch_id: string;
                                brought: {
                                    commit_seq: string;
                                    journal_epoch: string | null;
                                };
                                /** @enum {string} */
                                outcome: "mirrored" | "staged" | "mixed";
                                /** Format: date-time */
                                received_at: string;
                                rows: number;
                            }[];
                            deleted: {
                                /** Format: date-time */
                                deleted_at: string;
                                version: {
                                    commit_seq: string;
                                    journal_epoch: string | null;
                                };
                            } | null;
                            not_kept: string[];
                            pk: {
                                [key: string]: null | boolean | number | string;
                            } | null;
                            staged: components["schemas"]["StagedRow"][];
                            written: {
                                /** Format: date-time */
                                created_at: string;
                                data: {
                                    [key: string]: null | boolean | number | string;
                                };
                                /** Format: date-time */
                                updated_at: string;
                                version: {
                                    commit_seq: string;
                                    journal_epoch: string | null;
                                };
                            } | null;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMirrorRows: {
        parameters: {
            query?: {
                columns?: string;
                cursor?: string;
                direction?: "forward" | "backward";
                filter?: string;
                limit?: number;
                page?: number;
                seek?: string;
                sort?: string;
                total?: "exact" | "estimate";
                where?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MirrorRows"];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMirrorRowsExport: {
        parameters: {
            query?: {
                columns?: string;
                filter?: string;
                format?: "csv" | "jsonl";
                sort?: string;
                where?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postPause: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Lineage"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postResetMaterialization: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            lineage_id: string;
                            resumed: boolean;
                            staged_row_count: number;
                            /** @enum {string} */
                            status: "active" | "paused";
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postResume: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Lineage"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getStagedRows: {
        parameters: {
            query?: {
                cursor?: string;
                direction?: "forward" | "backward";
                limit?: number;
                op?: "insert" | "update" | "delete";
                page?: number;
                schema_hash?: string;
                seek?: string;
                sort?: "commit_seq" | "-commit_seq";
                staging_reason?: "schema_review" | "lineage_paused" | "materialization_failed";
                total?: "exact" | "estimate";
                where?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StagedRow"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getStagedRowsExport: {
        parameters: {
            query?: {
                format?: "csv" | "jsonl";
                op?: "insert" | "update" | "delete";
                schema_hash?: string;
                sort?: "commit_seq" | "-commit_seq";
                staging_reason?: "schema_review" | "lineage_paused" | "materialization_failed";
                where?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                lineage_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLineagesExport: {
        parameters: {
            query?: {
                device_id?: string;
                failing?: "true";
                fleet_id?: string;
                format?: "csv" | "jsonl";
                pause_cause?: "schema_review" | "operator" | "backpressure" | "circuit_breaker";
                q?: string;
                sort?: "last_batch_at" | "-last_batch_at" | "source_table" | "-source_table" | "device_name" | "-device_name" | "staged_row_count" | "-staged_row_count" | "last_error_at" | "-last_error_at";
                source_table?: string;
                status?: "active" | "paused";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProjectPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Policy"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchProjectPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    allow_additive_continue?: boolean | null;
                    allow_auto_create_device_data_points?: boolean | null;
                    max_pending_bytes_per_lineage?: number | null;
                    max_pending_rows_per_lineage?: number | null;
                    rejected_batch_retention_days?: number | null;
                    resume_threshold_percent?: number | null;
                    schema_coalescing_mode?: ("none" | "per_device" | "project" | "fleet") | null;
                    tombstone_retention_days?: number | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Policy"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPolicyEffect: {
        parameters: {
            query?: {
                allow_additive_continue?: "true" | "false";
                allow_auto_create_device_data_points?: "true" | "false";
                inherit?: string;
                max_pending_bytes_per_lineage?: number;
                max_pending_rows_per_lineage?: number;
                rejected_batch_retention_days?: number;
                resume_threshold_percent?: number;
                schema_coalescing_mode?: "none" | "project" | "fleet";
                tombstone_retention_days?: number;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            additive: {
                                continued: number;
                                open_reviews: number;
                                reviewed: number;
                            } | null;
                            after: {
                                allow_additive_continue?: boolean;
                                allow_auto_create_device_data_points?: boolean;
                                max_pending_bytes_per_lineage?: number;
                                max_pending_rows_per_lineage?: number;
                                rejected_batch_retention_days?: number;
                                resume_threshold_percent?: number;
                                /** @enum {string} */
                                schema_coalescing_mode?: "none" | "project" | "fleet";
                                tombstone_retention_days?: number;
                            };
                            backlog: {
                                paused: {
                                    count: number;
                                    devices_told: number;
                                    items: {
                                        /** Format: uuid */
                                        device_id: string;
                                        device_name: string;
                                        device_told: boolean;
                                        /** Format: uuid */
                                        lineage_id: string;
                                        other_causes: string[];
                                        source_table: string;
                                        staged_bytes: number;
                                        staged_row_count: number;
                                    }[];
                                };
                                resumed: {
                                    count: number;
                                    devices_told: number;
                                    items: {
                                        /** Format: uuid */
                                        device_id: string;
                                        device_name: string;
                                        device_told: boolean;
                                        /** Format: uuid */
                                        lineage_id: string;
                                        other_causes: string[];
                                        source_table: string;
                                        staged_bytes: number;
                                        staged_row_count: number;
                                    }[];
                                };
                            } | null;
                            data_points: {
                                existing: number;
                                open_drafts: number;
                            } | null;
                            devices: number;
                            rejected_batches: {
                                bytes: number;
                                dropped: number;
                                is_at_least: boolean;
                                oldest_at: string | null;
                                unhandled: number;
                            } | null;
                            tombstones: {
                                dropped: number | null;
                                is_at_least: boolean;
                            } | null;
                            unaffected_fleets: {
                                fields: string[];
                                /** Format: uuid */
                                fleet_id: string;
                                fleet_name: string;
                            }[];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryModeEffect: {
        parameters: {
            query?: {
                schema_coalescing_mode?: "none" | "project" | "fleet";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            decided_in_registry: number;
                            devices: number;
                            /** @enum {string} */
                            from: "none" | "project" | "fleet";
                            open_device_reviews: number;
                            open_registry_reviews: number;
                            own_mirrors: number;
                            table_count: number;
                            tables: {
                                devices: number;
                                open_device_reviews: number;
                                open_registry_reviews: number;
                                own_mirrors: number;
                                source_table: string;
                            }[];
                            /** @enum {string} */
                            to: "none" | "project" | "fleet";
                            unaffected_fleets: {
                                /** Format: uuid */
                                fleet_id: string;
                                fleet_name: string;
                                mode: string;
                            }[];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryEntries: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                scope?: "project" | "fleet";
                scope_id?: string;
                sort?: "created_at" | "-created_at" | "source_table" | "-source_table";
                source_table?: string;
                status?: "pending" | "approved" | "rejected";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryEntry"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryReviews: {
        parameters: {
            query?: {
                claimed_by?: string;
                classification?: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                cursor?: string;
                limit?: number;
                page?: number;
                registry_id?: string;
                scope?: "project" | "fleet";
                sort?: "created_at" | "-created_at" | "source_table" | "-source_table";
                source_table?: string;
                status?: ("queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded") | "open";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReviewDetail"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryAbandon: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryApprove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    /** @default false */
                    take_over?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryComments: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewComment"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewComment"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            column_actions: components["schemas"]["ColumnAction"][] | null;
                            draft_at: string | null;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    putRegistryDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                    /** @default false */
                    stale_seen?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            draft_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryReviewFacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            blast_radius: components["schemas"]["BlastRadius"];
                            columns: components["schemas"]["ColumnFacts"][];
                            estimated: boolean;
                            examined_lineages: number;
                            examined_rows: number;
                            /** Format: uuid */
                            review_id: string;
                            schema_hash: string;
                            source_table: string;
                            staged_row_count: number;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            bindings: components["schemas"]["ColumnBinding"][];
                            ddl: string[];
                            failures: {
                                column: string | null;
                                example: {
                                    error: string;
                                    row: string;
                                } | null;
                                /** @enum {string} */
                                kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                                rows: number;
                            }[];
                            landing_rows: number;
                            staged_rows: number;
                            tried_lineages: number;
                            tried_rows: number;
                            waiting_lineages: number;
                            warnings: string[];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryReject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryReopen: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryTables: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                q?: string;
                scope?: "project" | "fleet";
                sort?: "source_table" | "-source_table";
                status?: "pending" | "approved" | "rejected";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            device_count: number;
                            mirror_id: string | null;
                            mirror_table_name: string | null;
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            source_table: string;
                            staged_row_count: number;
                            straggler_count: number;
                            version_count: number;
                            versions: {
                                /** @enum {string} */
                                classification: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                                column_count: number | null;
                                /** Format: date-time */
                                created_at: string;
                                decided_at: string | null;
                                device_count: number;
                                /** Format: uuid */
                                id: string;
                                open_review_id: string | null;
                                schema_hash: string;
                                staged_row_count: number;
                                /** @enum {string} */
                                status: "pending" | "approved" | "rejected";
                                verified: boolean;
                                waiting_lineages: number;
                            }[];
                            waiting_lineages: number;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryEntry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryEntry"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistryDevices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                on?: "any" | "current" | "waiting" | "left" | "older";
                page?: number;
                q?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            connected: boolean;
                            /** Format: uuid */
                            device_id: string;
                            device_name: string;
                            /** Format: uuid */
                            fleet_id: string;
                            fleet_name: string;
                            is_current: boolean;
                            /** Format: date-time */
                            last_batch_at: string;
                            /** Format: uuid */
                            lineage_id: string;
                            /** Format: uuid */
                            registry_id: string;
                            schema_hash: string;
                            staged_row_count: number;
                            /** @enum {string} */
                            status: "pending" | "approved" | "deferred" | "rejected";
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRegistryReconcile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                registry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            bound: number;
                            dry_run: boolean;
                            lineages: number;
                            /** Format: uuid */
                            registry_id: string;
                            replays: number;
                            skipped: {
                                device_name: string;
                                /** Format: uuid */
                                lineage_id: string;
                                reason: string;
                            }[];
                            staged_rows: number;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRejectedBatches: {
        parameters: {
            query?: {
                cause?: string;
                code?: string;
                cursor?: string;
                device_id?: string;
                limit?: number;
                page?: number;
                since?: string;
                source_table?: string;
                state?: "waiting" | "accepted";
                total?: "exact" | "estimate";
                within_hours?: number;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RejectedBatch"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRejectedBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                rejected_batch_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RejectedBatchDetail"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRetryRejectedBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                rejected_batch_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            code: string | null;
                            detail: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            outcome: "accepted" | "rejected";
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRejectedExport: {
        parameters: {
            query?: {
                cause?: string;
                code?: string;
                device_id?: string;
                format?: "csv" | "jsonl";
                since?: string;
                source_table?: string;
                state?: "waiting" | "accepted";
                within_hours?: number;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRejectedGroups: {
        parameters: {
            query?: {
                by?: "cause" | "device";
                cause?: string;
                code?: string;
                device_id?: string;
                since?: string;
                source_table?: string;
                state?: "waiting" | "accepted";
                within_hours?: number;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            groups: {
                                batches: number;
                                cause: string;
                                code: string;
                                detail: string;
                                device_id: string | null;
                                device_name: string | null;
                                devices: number;
                                /** Format: date-time */
                                first_at: string;
                                /** Format: date-time */
                                last_at: string;
                                meaning: string;
                                /** Format: uuid */
                                newest_id: string;
                                place: string | null;
                                remedy: string;
                                source_table: string | null;
                                waiting: number;
                            }[];
                            total_batches: number;
                            total_groups: number;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRetryRejectedKind: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    after?: string | null;
                    cause: string;
                    /** Format: uuid */
                    device_id?: string;
                    /** @default 20 */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            accepted: number;
                            after: string | null;
                            rejected: number;
                            results: {
                                code: string | null;
                                detail: string | null;
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                outcome: "accepted" | "rejected";
                            }[];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReviewQueue: {
        parameters: {
            query?: {
                change?: "first_schema" | "added" | "added_not_null" | "removed" | "type_changed" | "key_changed" | "nullability_changed" | "unverified" | "columns_unknown";
                claimant?: "me" | "nobody" | "other";
                classification?: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                cursor?: string;
                device_id?: string;
                fleet_id?: string;
                kind?: "device" | "registry";
                limit?: number;
                min_age_minutes?: number;
                page?: number;
                q?: string;
                schema_hash?: string;
                sort?: "created_at" | "-created_at" | "source_table" | "-source_table";
                source_table?: string;
                staged?: "some" | "none";
                status?: ("queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded") | "open";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            action_version: number;
                            claimed_at: string | null;
                            claimed_by: string | null;
                            claimed_by_name: string | null;
                            /** @enum {string} */
                            classification: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                            /** Format: date-time */
                            created_at: string;
                            device_id: string | null;
                            device_name: string | null;
                            fleet_id: string | null;
                            fleet_name: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "device" | "registry";
                            lineage_id: string | null;
                            reasons: components["schemas"]["SchemaChangeReason"][];
                            registry_id: string | null;
                            schema_hash: string;
                            scope: ("project" | "fleet") | null;
                            source_table: string;
                            staged_row_count: number;
                            /** @enum {string} */
                            status: "queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded";
                            /** Format: date-time */
                            updated_at: string;
                            use_registry_review_id: string | null;
                            verified: boolean;
                            waiting_lineages: number | null;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReviews: {
        parameters: {
            query?: {
                claimed_by?: string;
                classification?: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                cursor?: string;
                device_id?: string;
                fleet_id?: string;
                limit?: number;
                lineage_id?: string;
                page?: number;
                q?: string;
                schema_hash?: string;
                sort?: "created_at" | "-created_at" | "source_table" | "-source_table";
                source_table?: string;
                status?: ("queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded") | "open";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SchemaReview"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewDetail"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAmend: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SchemaReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postApprove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SchemaReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    /** @default false */
                    take_over?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SchemaReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReviewComments: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewComment"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postReviewComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewComment"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReviewDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            column_actions: components["schemas"]["ColumnAction"][] | null;
                            draft_at: string | null;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    putReviewDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                    /** @default false */
                    stale_seen?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            draft_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReviewFacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewFacts"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewPreview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postReject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SchemaReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SchemaReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postReopen: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                schema_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SchemaReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEvents: {
        parameters: {
            query?: {
                actor_id?: string;
                correlation_id?: string;
                cursor?: string;
                device_id?: string;
                event_id?: string;
                fleet_id?: string;
                kind?: string;
                limit?: number;
                lineage_id?: string;
                page?: number;
                since?: string;
                subject_id?: string;
                total?: "exact" | "estimate";
                until?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Event"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEventExport: {
        parameters: {
            query?: {
                actor_id?: string;
                correlation_id?: string;
                device_id?: string;
                fleet_id?: string;
                format?: "csv" | "jsonl";
                kind?: string;
                lineage_id?: string;
                since?: string;
                subject_id?: string;
                until?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEventStream: {
        parameters: {
            query?: {
                actor_id?: string;
                correlation_id?: string;
                device_id?: string;
                fleet_id?: string;
                kind?: string;
                last_event_id?: string;
                lineage_id?: string;
                since?: string;
                subject_id?: string;
                until?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleets: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Fleet"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleet: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Fleet"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeFleet: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            id: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchFleet: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Fleet"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetDevices: {
        parameters: {
            query?: {
                connected?: "true" | "false";
                cursor?: string;
                fleet_id?: string;
                having?: "lineages" | "paused_lineages" | "rejected_batches" | "pending_controls";
                limit?: number;
                name?: string;
                page?: number;
                presence?: "connected" | "away" | "silent" | "never_seen";
                q?: string;
                sort?: "name" | "-name" | "last_seen_at" | "-last_seen_at" | "created_at" | "-created_at" | "lineages" | "-lineages" | "paused_lineages" | "-paused_lineages" | "rejected_batches" | "-rejected_batches" | "pending_controls" | "-pending_controls";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            connected: boolean;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            fleet_id: string;
                            fleet_name: string;
                            /** Format: uuid */
                            id: string;
                            is_demo: boolean;
                            last_seen_at: string | null;
                            lineage_count: number;
                            name: string;
                            paused_lineage_count: number;
                            pending_control_count: number;
                            /** Format: uuid */
                            project_id: string;
                            rejected_batch_count: number;
                            root_topic: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            device: components["schemas"]["Device"];
                            mqtt: components["schemas"]["MqttConnection"];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                device_id: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Device"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteFleetDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                device_id: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            deleted_lineages: number;
                            deleted_staged_rows: number;
                            /** Format: uuid */
                            id: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMqttConnectionDetails: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                device_id: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MqttConnectionDetails"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postMqttCredentials: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                device_id: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MqttConnection"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryMirrors: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                scope?: "project" | "fleet";
                source_table?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CoalescedMirror"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryMirror: {
        parameters: {
            query?: {
                count?: "exact";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            columns: {
                                key_ordinal: number;
                                name: string;
                                since: {
                                    /** Format: date-time */
                                    decided_at: string;
                                    /** Format: uuid */
                                    registry_id: string;
                                    schema_hash: string;
                                } | null;
                                source_column_name: string;
                                type: string;
                            }[];
                            device_count: number;
                            generation: number;
                            generations: {
                                generation: number;
                                /** Format: uuid */
                                id: string;
                                mirror_table_name: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            mirror_table_name: string;
                            row_count: number | null;
                            row_count_estimate: number;
                            schema_hashes: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            /** @enum {string} */
                            source: "mirror" | "coalesced";
                            source_table: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryConsolidate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dry_run: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            conflicting_devices: number;
                            devices: number;
                            dry_run: boolean;
                            job: {
                                copied_rows: number;
                                copied_tombstones: number;
                                /** Format: date-time */
                                created_at: string;
                                devices: number;
                                finished_at: string | null;
                                /** Format: uuid */
                                id: string;
                                last_error: string | null;
                                moved_devices: number;
                                old_mirrors: string[];
                                /** @enum {string} */
                                scope: "project" | "fleet";
                                /** Format: uuid */
                                scope_id: string;
                                scope_name: string;
                                skipped_devices: number;
                                source_table: string;
                                /** @enum {string} */
                                status: "pending" | "running" | "stopped" | "completed";
                                /** Format: date-time */
                                updated_at: string;
                            } | null;
                            lines: {
                                conflicts: string[];
                                /** Format: uuid */
                                device_id: string;
                                device_name: string;
                                /** Format: uuid */
                                lineage_id: string;
                                mirror_table_names: string[];
                                rows: number;
                                tombstones: number;
                            }[];
                            new_schema_hashes: string[];
                            rows: number;
                            source_table: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryMirrorDevices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                q?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            connected: boolean;
                            /** Format: uuid */
                            device_id: string;
                            device_name: string;
                            /** Format: uuid */
                            fleet_id: string;
                            /** Format: date-time */
                            last_batch_at: string;
                            /** Format: uuid */
                            lineage_id: string;
                            row_count: number;
                            row_count_estimated: boolean;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryMirrorRows: {
        parameters: {
            query?: {
                columns?: string;
                cursor?: string;
                device_id?: string;
                direction?: "forward" | "backward";
                filter?: string;
                limit?: number;
                page?: number;
                seek?: string;
                sort?: string;
                total?: "exact" | "estimate";
                where?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MirrorRows"];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryMirrorRowsExport: {
        parameters: {
            query?: {
                columns?: string;
                device_id?: string;
                filter?: string;
                format?: "csv" | "jsonl";
                sort?: string;
                where?: string;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                coalesced_mirror: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryConsolidationCandidates: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                scope?: "project" | "fleet";
                source_table?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            devices: number;
                            mirrors: number;
                            open_job_id: string | null;
                            open_job_status: ("pending" | "running" | "stopped" | "completed") | null;
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            source_table: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryConsolidations: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                scope?: "project" | "fleet";
                source_table?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            /** Format: date-time */
                            created_at: string;
                            devices: number;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            last_error: string | null;
                            moved_devices: number;
                            old_mirrors: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            skipped_devices: number;
                            source_table: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "stopped" | "completed";
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryConsolidation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            /** Format: date-time */
                            created_at: string;
                            devices: number;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            last_error: string | null;
                            moved_devices: number;
                            old_mirrors: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            skipped_devices: number;
                            source_table: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "stopped" | "completed";
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryConsolidationDevices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                status?: "pending" | "copying" | "moved" | "skipped";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            detail: string | null;
                            /** Format: uuid */
                            device_id: string;
                            device_name: string;
                            /** Format: uuid */
                            lineage_id: string;
                            /** @enum {string} */
                            status: "pending" | "copying" | "moved" | "skipped";
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryDropOldMirrors: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expected_mirrors: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            dropped: string[];
                            remaining: number;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryResumeConsolidation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            /** Format: date-time */
                            created_at: string;
                            devices: number;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            last_error: string | null;
                            moved_devices: number;
                            old_mirrors: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            skipped_devices: number;
                            source_table: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "stopped" | "completed";
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryStopConsolidation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                consolidation_id: string;
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            copied_rows: number;
                            copied_tombstones: number;
                            /** Format: date-time */
                            created_at: string;
                            devices: number;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            last_error: string | null;
                            moved_devices: number;
                            old_mirrors: string[];
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            skipped_devices: number;
                            source_table: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "stopped" | "completed";
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Policy"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchFleetPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    allow_additive_continue?: boolean | null;
                    allow_auto_create_device_data_points?: boolean | null;
                    max_pending_bytes_per_lineage?: number | null;
                    max_pending_rows_per_lineage?: number | null;
                    rejected_batch_retention_days?: number | null;
                    resume_threshold_percent?: number | null;
                    schema_coalescing_mode?: ("none" | "per_device" | "project" | "fleet") | null;
                    tombstone_retention_days?: number | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Policy"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetPolicyEffect: {
        parameters: {
            query?: {
                allow_additive_continue?: "true" | "false";
                allow_auto_create_device_data_points?: "true" | "false";
                inherit?: string;
                max_pending_bytes_per_lineage?: number;
                max_pending_rows_per_lineage?: number;
                rejected_batch_retention_days?: number;
                resume_threshold_percent?: number;
                schema_coalescing_mode?: "none" | "project" | "fleet";
                tombstone_retention_days?: number;
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            additive: {
                                continued: number;
                                open_reviews: number;
                                reviewed: number;
                            } | null;
                            after: {
                                allow_additive_continue?: boolean;
                                allow_auto_create_device_data_points?: boolean;
                                max_pending_bytes_per_lineage?: number;
                                max_pending_rows_per_lineage?: number;
                                rejected_batch_retention_days?: number;
                                resume_threshold_percent?: number;
                                /** @enum {string} */
                                schema_coalescing_mode?: "none" | "project" | "fleet";
                                tombstone_retention_days?: number;
                            };
                            backlog: {
                                paused: {
                                    count: number;
                                    devices_told: number;
                                    items: {
                                        /** Format: uuid */
                                        device_id: string;
                                        device_name: string;
                                        device_told: boolean;
                                        /** Format: uuid */
                                        lineage_id: string;
                                        other_causes: string[];
                                        source_table: string;
                                        staged_bytes: number;
                                        staged_row_count: number;
                                    }[];
                                };
                                resumed: {
                                    count: number;
                                    devices_told: number;
                                    items: {
                                        /** Format: uuid */
                                        device_id: string;
                                        device_name: string;
                                        device_told: boolean;
                                        /** Format: uuid */
                                        lineage_id: string;
                                        other_causes: string[];
                                        source_table: string;
                                        staged_bytes: number;
                                        staged_row_count: number;
                                    }[];
                                };
                            } | null;
                            data_points: {
                                existing: number;
                                open_drafts: number;
                            } | null;
                            devices: number;
                            rejected_batches: {
                                bytes: number;
                                dropped: number;
                                is_at_least: boolean;
                                oldest_at: string | null;
                                unhandled: number;
                            } | null;
                            tombstones: {
                                dropped: number | null;
                                is_at_least: boolean;
                            } | null;
                            unaffected_fleets: {
                                fields: string[];
                                /** Format: uuid */
                                fleet_id: string;
                                fleet_name: string;
                            }[];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryModeEffect: {
        parameters: {
            query?: {
                schema_coalescing_mode?: "none" | "project" | "fleet";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            decided_in_registry: number;
                            devices: number;
                            /** @enum {string} */
                            from: "none" | "project" | "fleet";
                            open_device_reviews: number;
                            open_registry_reviews: number;
                            own_mirrors: number;
                            table_count: number;
                            tables: {
                                devices: number;
                                open_device_reviews: number;
                                open_registry_reviews: number;
                                own_mirrors: number;
                                source_table: string;
                            }[];
                            /** @enum {string} */
                            to: "none" | "project" | "fleet";
                            unaffected_fleets: {
                                /** Format: uuid */
                                fleet_id: string;
                                fleet_name: string;
                                mode: string;
                            }[];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryEntries: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                scope?: "project" | "fleet";
                scope_id?: string;
                sort?: "created_at" | "-created_at" | "source_table" | "-source_table";
                source_table?: string;
                status?: "pending" | "approved" | "rejected";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryEntry"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryReviews: {
        parameters: {
            query?: {
                claimed_by?: string;
                classification?: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                cursor?: string;
                limit?: number;
                page?: number;
                registry_id?: string;
                scope?: "project" | "fleet";
                sort?: "created_at" | "-created_at" | "source_table" | "-source_table";
                source_table?: string;
                status?: ("queued" | "in_review" | "approved" | "rejected" | "abandoned" | "superseded") | "open";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReviewDetail"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryAbandon: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryApprove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    /** @default false */
                    take_over?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryComments: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewComment"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewComment"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            column_actions: components["schemas"]["ColumnAction"][] | null;
                            draft_at: string | null;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    putFleetRegistryDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                    /** @default false */
                    stale_seen?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            draft_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryReviewFacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            blast_radius: components["schemas"]["BlastRadius"];
                            columns: components["schemas"]["ColumnFacts"][];
                            estimated: boolean;
                            examined_lineages: number;
                            examined_rows: number;
                            /** Format: uuid */
                            review_id: string;
                            schema_hash: string;
                            source_table: string;
                            staged_row_count: number;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    column_actions: {
                        /** @enum {string} */
                        action: "mirror" | "map" | "ignore" | "defer" | "auto_create_and_map";
                        /** Format: uuid */
                        device_data_point_id?: string;
                        is_time_column?: boolean;
                        mirror_column_name?: string;
                        mirror_table_name?: string;
                        rename_of?: string;
                        source_column_name: string;
                        widen?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            bindings: components["schemas"]["ColumnBinding"][];
                            ddl: string[];
                            failures: {
                                column: string | null;
                                example: {
                                    error: string;
                                    row: string;
                                } | null;
                                /** @enum {string} */
                                kind: "not_an_integer" | "has_a_fraction" | "out_of_range" | "not_a_number" | "not_text" | "nul_character" | "invalid_unicode" | "not_base64" | "not_a_boolean" | "not_a_time" | "missing_value" | "refused_by_postgres";
                                rows: number;
                            }[];
                            landing_rows: number;
                            staged_rows: number;
                            tried_lineages: number;
                            tried_rows: number;
                            waiting_lineages: number;
                            warnings: string[];
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryReject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryReopen: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action_version: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryReview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryTables: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                q?: string;
                scope?: "project" | "fleet";
                sort?: "source_table" | "-source_table";
                status?: "pending" | "approved" | "rejected";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            device_count: number;
                            mirror_id: string | null;
                            mirror_table_name: string | null;
                            /** @enum {string} */
                            scope: "project" | "fleet";
                            /** Format: uuid */
                            scope_id: string;
                            scope_name: string;
                            source_table: string;
                            staged_row_count: number;
                            straggler_count: number;
                            version_count: number;
                            versions: {
                                /** @enum {string} */
                                classification: "ambiguous" | "compatible_mapped" | "compatible_additive" | "breaking" | "unknown";
                                column_count: number | null;
                                /** Format: date-time */
                                created_at: string;
                                decided_at: string | null;
                                device_count: number;
                                /** Format: uuid */
                                id: string;
                                open_review_id: string | null;
                                schema_hash: string;
                                staged_row_count: number;
                                /** @enum {string} */
                                status: "pending" | "approved" | "rejected";
                                verified: boolean;
                                waiting_lineages: number;
                            }[];
                            waiting_lineages: number;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryEntry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RegistryEntry"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetRegistryDevices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                on?: "any" | "current" | "waiting" | "left" | "older";
                page?: number;
                q?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            connected: boolean;
                            /** Format: uuid */
                            device_id: string;
                            device_name: string;
                            /** Format: uuid */
                            fleet_id: string;
                            fleet_name: string;
                            is_current: boolean;
                            /** Format: date-time */
                            last_batch_at: string;
                            /** Format: uuid */
                            lineage_id: string;
                            /** Format: uuid */
                            registry_id: string;
                            schema_hash: string;
                            staged_row_count: number;
                            /** @enum {string} */
                            status: "pending" | "approved" | "deferred" | "rejected";
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFleetRegistryReconcile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                fleet_id: string;
                project_id: string;
                registry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            bound: number;
                            dry_run: boolean;
                            lineages: number;
                            /** Format: uuid */
                            registry_id: string;
                            replays: number;
                            skipped: {
                                device_name: string;
                                /** Format: uuid */
                                lineage_id: string;
                                reason: string;
                            }[];
                            staged_rows: number;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMqttAccessEvents: {
        parameters: {
            query?: {
                cursor?: string;
                device_id?: string;
                fleet_id?: string;
                kind?: "connected" | "disconnected" | "auth_failed" | "publish_denied" | "subscribe_denied";
                limit?: number;
                page?: number;
                since?: string;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MqttAccessEvent"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Overview"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRetention: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            kept: {
                                days: number | null;
                                fleets: {
                                    days: number;
                                    /** Format: uuid */
                                    fleet_id: string;
                                    fleet_name: string;
                                }[];
                                /** @enum {string} */
                                from: "fixed" | "installation" | "policy";
                                /** @enum {string} */
                                what: "telemetry_values" | "batch_ledger" | "rejected_batches" | "tombstones" | "webhook_deliveries" | "bulk_jobs" | "bulk_previews" | "access_events" | "tokens" | "idempotency_keys" | "events";
                            }[];
                            last_removal: {
                                /** Format: date-time */
                                at: string;
                                partitions_dropped: string[];
                                rows_deleted: {
                                    [key: string]: number;
                                };
                            } | null;
                            last_round: {
                                /** Format: date-time */
                                at: string;
                                error: string | null;
                            } | null;
                            removed_24h: {
                                [key: string]: number;
                            };
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSavedViews: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                page_of?: "reviews" | "lineages";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            page: "reviews" | "lineages";
                            search: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postSavedView: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    page: "reviews" | "lineages";
                    search: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            page: "reviews" | "lineages";
                            search: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteView: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                saved_view_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            id: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchSavedView: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                saved_view_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    search?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            page: "reviews" | "lineages";
                            search: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhooks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            created_by_label: string;
                            disabled_reason: string | null;
                            enabled: boolean;
                            failing_since: string | null;
                            /** Format: uuid */
                            id: string;
                            kinds: ("review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent")[];
                            last_delivered_at: string | null;
                            name: string;
                            pending_deliveries: number;
                            previous_secret_until: string | null;
                            /** Format: uuid */
                            project_id: string;
                            /** Format: date-time */
                            updated_at: string;
                            url: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kinds: ("review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent")[];
                    name: string;
                    url: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            created_by_label: string;
                            disabled_reason: string | null;
                            enabled: boolean;
                            failing_since: string | null;
                            /** Format: uuid */
                            id: string;
                            kinds: ("review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent")[];
                            last_delivered_at: string | null;
                            name: string;
                            pending_deliveries: number;
                            previous_secret_until: string | null;
                            /** Format: uuid */
                            project_id: string;
                            secret: string;
                            /** Format: date-time */
                            updated_at: string;
                            url: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            created_by_label: string;
                            disabled_reason: string | null;
                            enabled: boolean;
                            failing_since: string | null;
                            /** Format: uuid */
                            id: string;
                            kinds: ("review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent")[];
                            last_delivered_at: string | null;
                            name: string;
                            pending_deliveries: number;
                            previous_secret_until: string | null;
                            /** Format: uuid */
                            project_id: string;
                            /** Format: date-time */
                            updated_at: string;
                            url: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            deleted_deliveries: number;
                            /** Format: uuid */
                            id: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    kinds?: ("review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent")[];
                    name?: string;
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            created_by_label: string;
                            disabled_reason: string | null;
                            enabled: boolean;
                            failing_since: string | null;
                            /** Format: uuid */
                            id: string;
                            kinds: ("review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent")[];
                            last_delivered_at: string | null;
                            name: string;
                            pending_deliveries: number;
                            previous_secret_until: string | null;
                            /** Format: uuid */
                            project_id: string;
                            /** Format: date-time */
                            updated_at: string;
                            url: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhookDeliveries: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent" | "test";
                limit?: number;
                page?: number;
                status?: "pending" | "delivered" | "failed";
                total?: "exact" | "estimate";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            attempts: number;
                            attempts_max: number;
                            /** Format: date-time */
                            created_at: string;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent" | "test";
                            next_attempt_at: string | null;
                            response_code: number | null;
                            /** @enum {string} */
                            status: "pending" | "delivered" | "failed";
                            text: string;
                            /** Format: uuid */
                            webhook_id: string;
                        }[];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                delivery_id: string;
                project_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            attempt_log: {
                                attempt: number;
                                duration_ms: number | null;
                                error: string | null;
                                finished_at: string | null;
                                response_code: number | null;
                                response_excerpt: string | null;
                                /** Format: date-time */
                                started_at: string;
                            }[];
                            attempts: number;
                            attempts_max: number;
                            body: string;
                            /** Format: date-time */
                            created_at: string;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent" | "test";
                            next_attempt_at: string | null;
                            response_code: number | null;
                            /** @enum {string} */
                            status: "pending" | "delivered" | "failed";
                            text: string;
                            /** Format: uuid */
                            webhook_id: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRedeliver: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                delivery_id: string;
                project_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            attempts: number;
                            attempts_max: number;
                            /** Format: date-time */
                            created_at: string;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent" | "test";
                            next_attempt_at: string | null;
                            response_code: number | null;
                            /** @enum {string} */
                            status: "pending" | "delivered" | "failed";
                            text: string;
                            /** Format: uuid */
                            webhook_id: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postRotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            created_by_label: string;
                            disabled_reason: string | null;
                            enabled: boolean;
                            failing_since: string | null;
                            /** Format: uuid */
                            id: string;
                            kinds: ("review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent")[];
                            last_delivered_at: string | null;
                            name: string;
                            pending_deliveries: number;
                            previous_secret_until: string | null;
                            /** Format: uuid */
                            project_id: string;
                            secret: string;
                            /** Format: date-time */
                            updated_at: string;
                            url: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postTestWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                project_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            attempts: number;
                            attempts_max: number;
                            /** Format: date-time */
                            created_at: string;
                            finished_at: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "review_waits" | "review_unclaimed" | "breaker_opened" | "backpressure_forecast" | "device_silent" | "test";
                            next_attempt_at: string | null;
                            response_code: number | null;
                            /** @enum {string} */
                            status: "pending" | "delivered" | "failed";
                            text: string;
                            /** Format: uuid */
                            webhook_id: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTokens: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                page?: number;
                total?: "exact" | "estimate";
                user?: "me" | "all";
            };
            header?: {
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ApiToken"][];
                        meta: components["schemas"]["PageMeta"];
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    postToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    expires_at?: string;
                    name: string;
                    scopes?: ("PROJECT_CAN_VIEW" | "PROJECT_CAN_MANAGE_DEVICES" | "PROJECT_CAN_READ_ROWS" | "ORG_CAN_ADMIN")[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: date-time */
                            created_at: string;
                            expires_at: string | null;
                            /** Format: uuid */
                            id: string;
                            last_used_at: string | null;
                            name: string;
                            revoked_at: string | null;
                            scopes: ("PROJECT_CAN_VIEW" | "PROJECT_CAN_MANAGE_DEVICES" | "PROJECT_CAN_READ_ROWS" | "ORG_CAN_ADMIN")[];
                            token: string;
                            user_email: string;
                            /** Format: uuid */
                            user_id: string;
                        };
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request give the first answer again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The organisation; required where the token’s user is in several. */
                "ORG-ID"?: string;
            };
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ApiToken"];
                        meta: null;
                        /** @constant */
                        ok: 1;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["NotPermitted"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Fault"];
            503: components["responses"]["Unavailable"];
        };
    };
}
