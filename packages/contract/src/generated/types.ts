// Made from openapi/ by scripts/generate-contract.ts. Do not edit.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The API versions served here */
        get: operations["listVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compute v2.1 and its microversions */
        get: operations["showVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compute v2.0, an alias without microversions */
        get: operations["showLegacyVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The identity versions served here */
        get: operations["listIdentityVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Identity v3 */
        get: operations["showIdentityVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/auth/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the token in X-Subject-Token stands for */
        get: operations["validateToken"];
        put?: never;
        /**
         * A token for a password, an application credential, or another token
         * @description The token is in the answer's header X-Subject-Token. Without a scope the token is for the user's default project, else for the only one in which he has
         *     a role, else for none. The domain and the system are for whoever is an administrator in some project.
         */
        post: operations["issueToken"];
        /** Revokes the token in X-Subject-Token */
        delete: operations["revokeToken"];
        options?: never;
        /** Whether the token in X-Subject-Token is good */
        head: operations["checkToken"];
        patch?: never;
        trace?: never;
    };
    "/identity/v3/auth/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The projects in which the caller has a role */
        get: operations["listAuthProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/auth/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service catalog */
        get: operations["listAuthCatalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/auth/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The domains that the caller can scope a token to */
        get: operations["listAuthDomains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/auth/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the caller can scope a token to the system */
        get: operations["listAuthSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users */
        get: operations["listUsers"];
        put?: never;
        /** Makes a user; roles are assigned afterwards */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user; a name is not an id */
        get: operations["showUser"];
        put?: never;
        post?: never;
        /** Deletes a user to whom no servers belong */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Changes a user
         * @description A new password, and being disabled, end his tokens.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/identity/v3/users/{user_id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replaces a password by whoever knows it */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/users/{user_id}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Projects in which a user has a role */
        get: operations["listUserProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/users/{user_id}/application_credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Application credentials of a user */
        get: operations["listApplicationCredentials"];
        put?: never;
        /** Makes an application credential for the project of the token */
        post: operations["createApplicationCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/users/{user_id}/application_credentials/{application_credential_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One application credential */
        get: operations["showApplicationCredential"];
        put?: never;
        post?: never;
        /** Deletes an application credential; its tokens end */
        delete: operations["deleteApplicationCredential"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Projects */
        get: operations["listProjects"];
        put?: never;
        /** Makes a project */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/projects/{project_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One project; a name is not an id */
        get: operations["showProject"];
        put?: never;
        post?: never;
        /** Deletes a project that owns no servers, volumes or images */
        delete: operations["deleteProject"];
        options?: never;
        head?: never;
        /** Changes a project */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/identity/v3/projects/{project_id}/users/{user_id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles of a user in a project */
        get: operations["listUserRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/projects/{project_id}/users/{user_id}/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Gives a user a role in a project */
        put: operations["assignRole"];
        post?: never;
        /** Takes a role from a user; his tokens for the project end */
        delete: operations["unassignRole"];
        options?: never;
        /** Whether a user has a role in a project */
        head: operations["checkRole"];
        patch?: never;
        trace?: never;
    };
    "/identity/v3/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The four roles */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One role; a name is not an id */
        get: operations["showRole"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/role_assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who has which role in which project */
        get: operations["listRoleAssignments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The one domain */
        get: operations["listDomains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/domains/{domain_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One domain */
        get: operations["showDomain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The one region */
        get: operations["listRegions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/regions/{region_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One region */
        get: operations["showRegion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The services of the catalog */
        get: operations["listCatalogServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/services/{service_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One service of the catalog */
        get: operations["showCatalogService"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The endpoints of the catalog */
        get: operations["listEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity/v3/endpoints/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One endpoint of the catalog */
        get: operations["showEndpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Servers, in short */
        get: operations["listServers"];
        put?: never;
        /**
         * Makes a server of an image and a flavor
         * @description Accepted once a host is found that can take it; a worker makes it. Its disk is a thin layer on the image, of which each host keeps one copy. The server
         *     is BUILD, then ACTIVE, or ERROR with the reason in `fault`: then nothing of it is left on the host.
         */
        post: operations["createServer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/detail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Servers, in full */
        get: operations["listServersDetail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One server */
        get: operations["showServer"];
        /**
         * Changes what the record says of a server
         * @description Nothing of the guest changes. The answer is the whole server from 2.75 on, and below it a part.
         */
        put: operations["updateServer"];
        post?: never;
        /**
         * Ends a server and deletes its local disks
         * @description Accepted in every state; a migration of the server is aborted first, an action on it gives way. Disks in pools of the host go with the
         *     server unless another one uses them; base images, block devices, network disks and media stay.
         */
        delete: operations["deleteServer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/action": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Moves a server, or changes how it runs
         * @description The one key of the body names the action. Whatever is accepted here goes on after the answer: the server's task state and its instance
         *     action tell how far it is.
         *
         *     `os-migrateLive`: below 2.34 the answer waits for the checks and tells their refusal with 400; from 2.34 on the migration is accepted
         *     whatever they say, and a refusal shows as its status `error`; one that comes within 2 s is told at once in the header X-Ferry-Refusal. The
         *     header Location names the migration under /ferry/v1.
         *
         *     `migrate` moves a server cold: it is shut down, its disks are copied and compared, and it is started at the destination if it ran; the
         *     source keeps its disks and the server shows VERIFY_RESIZE until `confirmResize` deletes them or `revertResize` takes the server back to
         *     them. With the header X-Ferry-Mode `saved` its running state is moved in a file and it goes on where it was; with `offline` the
         *     definition alone of a server that is off and whose disks both hosts see. These two need no confirmation. Location names the migration.
         *
         *     `resize` is such a cold move that also gives the server the memory, processors and disk of another flavor; nothing shrinks a disk. It ends with
         *     `confirmResize` or `revertResize` as well; the latter brings the old size back. Location names the migration.
         *
         *     `evacuate` takes a server away from a dead host, whose service is down and which was fenced (POST /ferry/v1/hosts/{id}/fence): it is defined
         *     anew on a host that is proven to see its disks, and started if it ran (from 2.95 on it stays off). Location names the migration.
         *
         *     `os-stop` asks the guest to shut down and ends it after 60 s; `reboot` of type SOFT does the same with 120 s and starts it again, HARD ends
         *     it at once. `suspend` writes the guest's memory to the host's disk, `resume` reads it back. `lock`, `unlock` and `os-resetState` are done
         *     when they are answered. `forceDelete` is the same as DELETE.
         *
         *     `addSecurityGroup` and `removeSecurityGroup` name a group of the server's project, by name or id. The rules are in force a moment after the
         *     answer; GET /ferry/v1/servers/{server_id}/firewall tells when. A server that has been in a group stays guarded: without any, nothing is let in.
         */
        post: operations["serverAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metadata of a server */
        get: operations["listServerMetadata"];
        /** Replaces all metadata */
        put: operations["replaceServerMetadata"];
        /**
         * Adds metadata
         * @description Keys that are there already get the new value. A server has at most 128 of them.
         */
        post: operations["updateServerMetadata"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/metadata/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One item of a server's metadata */
        get: operations["showServerMetadataItem"];
        /** Sets one item of metadata */
        put: operations["updateServerMetadataItem"];
        post?: never;
        /** Removes one item of metadata */
        delete: operations["deleteServerMetadataItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tags of a server */
        get: operations["listServerTags"];
        /** Replaces all tags */
        put: operations["replaceServerTags"];
        post?: never;
        /** Removes all tags */
        delete: operations["deleteServerTags"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/tags/{tag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a server has a tag */
        get: operations["checkServerTag"];
        /** Adds a tag */
        put: operations["addServerTag"];
        post?: never;
        /** Removes a tag */
        delete: operations["deleteServerTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/ips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Addresses of a server */
        get: operations["listServerAddresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/ips/{network_label}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Addresses of a server in one network */
        get: operations["showServerAddresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/os-interface": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Network cards of a server */
        get: operations["listServerInterfaces"];
        put?: never;
        /**
         * Would plug a card in
         * @description Cards are in the guest's definition; there is no network service whose ports could be plugged in.
         */
        post: operations["attachServerInterface"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/os-interface/{port_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One network card of a server */
        get: operations["showServerInterface"];
        put?: never;
        post?: never;
        /** Would pull a card out */
        delete: operations["detachServerInterface"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/os-server-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The password that a guest has told
         * @description Nothing takes one from a guest, so it is always empty.
         */
        get: operations["showServerPassword"];
        put?: never;
        post?: never;
        /** Forgets that password */
        delete: operations["clearServerPassword"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/topology": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** NUMA cells that were asked for */
        get: operations["showServerTopology"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a running server has used
         * @description Its host's libvirt is asked. In libvirt's own names below 2.48, in one form for all hypervisors from then on.
         */
        get: operations["showServerDiagnostics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/remote-consoles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Would open a console
         * @description No console proxy belongs to ferry; answered as a Nova that has none switched on.
         */
        post: operations["createRemoteConsole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/migrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The migration of a server that is in progress */
        get: operations["listServerMigrations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/migrations/{migration_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A migration of a server, while it is in progress */
        get: operations["showServerMigration"];
        put?: never;
        post?: never;
        /** Aborts a migration; the server stays at its source host */
        delete: operations["abortServerMigration"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-migrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All migrations, finished ones included */
        get: operations["listMigrations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hypervisors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hosts, in short */
        get: operations["listHypervisors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hypervisors/detail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hosts, in full */
        get: operations["listHypervisorsDetail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hypervisors/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What all enabled hosts have and use */
        get: operations["showHypervisorStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hypervisors/{hypervisor_id}/uptime": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long a host has been up, in the words of the command uptime */
        get: operations["showHypervisorUptime"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hypervisors/{hypervisor_id}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hosts whose hostname has a text in it */
        get: operations["searchHypervisors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hypervisors/{hypervisor_id}/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same hosts with their servers */
        get: operations["listHypervisorServers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hypervisors/{hypervisor_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One host; by number below 2.53, by uuid from then on */
        get: operations["showHypervisor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One compute service for each host, and ferry's own */
        get: operations["listServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-services/{service_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Enables or disables a compute service, or forces it down
         * @description Below 2.53 the last part of the path is `enable`, `disable`, `disable-log-reason` or (from 2.11) `force-down`, and the body names the host;
         *     from 2.53 on it is the service's uuid. A disabled host takes no new servers; one that is forced down counts as down. Neither proves that a
         *     host is dead: `POST /ferry/v1/hosts/{host_id}/fence` does.
         */
        put: operations["updateService"];
        post?: never;
        /**
         * Forgets a service; by number below 2.53, by uuid from then on
         * @description A host whose compute service is deleted is removed from ferry, as by `DELETE /ferry/v1/hosts/{host_id}`; unlike there, it must have no servers. Nothing
         *     happens on the host. A service of ferry's own comes back while its process is alive.
         */
        delete: operations["deleteService"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/os-instance-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was asked of a server, newest first */
        get: operations["listInstanceActions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/os-instance-actions/{request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One action and its events */
        get: operations["showInstanceAction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/flavors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Flavors, in short */
        get: operations["listFlavors"];
        put?: never;
        /** Makes a flavor */
        post: operations["createFlavor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/flavors/detail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Flavors, in full */
        get: operations["listFlavorsDetail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/flavors/{flavor_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One flavor by its id; a name is not found */
        get: operations["showFlavor"];
        /** Changes the description of a flavor, the only thing of it that may change */
        put: operations["updateFlavor"];
        post?: never;
        /** Deletes a flavor; servers keep what they were made of */
        delete: operations["deleteFlavor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/flavors/{flavor_id}/os-extra_specs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Extra specs of a flavor */
        get: operations["listFlavorExtraSpecs"];
        put?: never;
        /**
         * Sets extra specs; those that are not named stay
         * @description From 2.86 on keys and values of Nova's own namespaces are checked. ferry keeps extra specs and shows them; no server is made by them.
         */
        post: operations["setFlavorExtraSpecs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-keypairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key pairs of a user */
        get: operations["listKeyPairs"];
        put?: never;
        /**
         * Keeps a public key, or makes a pair
         * @description Without `public_key` a pair is made (RSA, 2048 bits; for x509 with a certificate that it signs itself); its private key is in this answer only and is kept
         *     nowhere. From 2.92 on a public key must be given. A server that names the pair gets the public key on its config drive.
         */
        post: operations["createKeyPair"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-keypairs/{keypair_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One key pair */
        get: operations["showKeyPair"];
        put?: never;
        post?: never;
        /** Forgets a key pair; servers keep the key that they were made with */
        delete: operations["deleteKeyPair"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-server-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The project's server groups */
        get: operations["listServerGroups"];
        put?: never;
        /**
         * Makes a group of servers that are to share a host, or not to
         * @description A server joins when it is made (`os:scheduler_hints`, key `group`) and leaves when it is deleted. The policy is kept when a server is made, moved or
         *     evacuated; the soft ones only as far as hosts allow.
         */
        post: operations["createServerGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-server-groups/{server_group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One group */
        get: operations["showServerGroup"];
        put?: never;
        post?: never;
        /** Deletes a group; its servers stay as they are */
        delete: operations["deleteServerGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hosts and ferry's own services, as Nova listed them until 2.42 */
        get: operations["listComputeHosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hosts/{compute_host}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a host has, and what projects use of it */
        get: operations["showComputeHost"];
        /** Declined; services are disabled with os-services */
        put: operations["updateComputeHost"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hosts/{compute_host}/startup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Declined; ferry switches no machines */
        get: operations["startupComputeHost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hosts/{compute_host}/shutdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Declined; ferry switches no machines */
        get: operations["shutdownComputeHost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-hosts/{compute_host}/reboot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Declined; ferry switches no machines */
        get: operations["rebootComputeHost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-simple-tenant-usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hours of the servers of each project */
        get: operations["listTenantUsages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-simple-tenant-usage/{project_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hours of the servers of a project; empty when it had none */
        get: operations["showTenantUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/extensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Nova's former optional parts that are served */
        get: operations["listExtensions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/extensions/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them */
        get: operations["showExtension"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retired */
        get: operations["listAgents"];
        put?: never;
        /** Retired */
        post: operations["createAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-agents/{agent_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Retired */
        put: operations["updateAgent"];
        post?: never;
        /** Retired */
        delete: operations["deleteAgent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-cells": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retired */
        get: operations["listCells"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-fping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retired */
        get: operations["listFpings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-aggregates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All aggregates */
        get: operations["listAggregates"];
        put?: never;
        /** Makes an aggregate, or a zone */
        post: operations["createAggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-aggregates/{aggregate_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One aggregate by its number; a name is not found */
        get: operations["showAggregate"];
        /**
         * Changes name or zone
         * @description The servers of its hosts are in the zone of their host, whatever they were made for.
         */
        put: operations["updateAggregate"];
        post?: never;
        /** Deletes an aggregate that has no hosts */
        delete: operations["deleteAggregate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-aggregates/{aggregate_id}/action": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds or removes a host, or sets metadata; a key whose value is null goes */
        post: operations["aggregateAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-availability-zone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Availability zones */
        get: operations["listZones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-availability-zone/detail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Availability zones with the services in them */
        get: operations["listZonesDetail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Limits of the token's project, and what it uses */
        get: operations["showLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-quota-sets/{project_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quotas of a project */
        get: operations["showQuotaSet"];
        /**
         * Sets quotas of a project
         * @description A quota below what the project uses is refused unless `force` is true. Quotas of networks and injected files cannot be changed.
         */
        put: operations["updateQuotaSet"];
        post?: never;
        /** Gives a project the default quotas again */
        delete: operations["deleteQuotaSet"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-quota-sets/{project_id}/defaults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quotas of a project for which none were set */
        get: operations["showDefaultQuotas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-quota-sets/{project_id}/detail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quotas of a project, and what it uses of them */
        get: operations["showQuotaDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-quota-class-sets/{quota_class}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quotas of all projects for which none were set */
        get: operations["showQuotaClass"];
        /** Sets quotas of all projects for which none were set */
        put: operations["updateQuotaClass"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/flavors/{flavor_id}/os-extra_specs/{spec_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One extra spec of a flavor */
        get: operations["showFlavorExtraSpec"];
        /** Sets one extra spec */
        put: operations["setFlavorExtraSpec"];
        post?: never;
        /** Removes one extra spec */
        delete: operations["removeFlavorExtraSpec"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/flavors/{flavor_id}/os-flavor-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The projects that may use a flavor which is not public */
        get: operations["listFlavorAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/flavors/{flavor_id}/action": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a project use a flavor, or not any more */
        post: operations["flavorAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The images that the project may use */
        get: operations["listImages"];
        put?: never;
        /** Enters an image; its content is uploaded afterwards, or is a file in a pool of a host */
        post: operations["addImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/images/{image_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One image */
        get: operations["showImage"];
        put?: never;
        post?: never;
        /** Deletes an image; servers that were made of it stay, and so do the copies that hosts keep */
        delete: operations["removeImage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/images/{image_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Gives an image its content, once
         * @description The body is the file. It is refused, and none of it kept, when it is not what it is declared to be, or names files of a host (a backing file,
         *     a data file).
         */
        put: operations["uploadImage"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The image versions served here */
        get: operations["listImageVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/image/v2/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The images that the project may use, page by page
         * @description `name`, `id`, `status` and `disk_format` take one value, or several as `in:one,two`. A key that is not named here is the name of a further property.
         */
        get: operations["listImagesV2"];
        put?: never;
        /** Enters an image; its content is uploaded afterwards */
        post: operations["createImageV2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/image/v2/images/{image_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One image; a name is not an id */
        get: operations["showImageV2"];
        put?: never;
        post?: never;
        /** Deletes an image that is not protected; servers that were made of it stay */
        delete: operations["deleteImageV2"];
        options?: never;
        head?: never;
        /** Changes an image by a JSON patch (RFC 6902) */
        patch: operations["updateImageV2"];
        trace?: never;
    };
    "/image/v2/images/{image_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The content of an image that was uploaded */
        get: operations["downloadImageV2"];
        /**
         * Gives an image its content, once
         * @description The body is the file. It is refused, and none of it kept, when it is not what it is declared to be, or names files of a host.
         */
        put: operations["uploadImageV2"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/image/v2/images/{image_id}/tags/{image_tag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Gives an image a tag */
        put: operations["addImageTag"];
        post?: never;
        /** Takes a tag from an image */
        delete: operations["removeImageTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/image/v2/schemas/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** JSON schema of an image */
        get: operations["showImageSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/image/v2/schemas/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** JSON schema of a list of images */
        get: operations["showImagesSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-security-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The project's groups, with their rules */
        get: operations["listSecurityGroups"];
        put?: never;
        /** Makes a group that lets nothing in */
        post: operations["createSecurityGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-security-groups/{security_group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One group */
        get: operations["showSecurityGroup"];
        /** Renames a group */
        put: operations["updateSecurityGroup"];
        post?: never;
        /** Deletes a group that no server is in */
        delete: operations["deleteSecurityGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-security-group-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets something in to the members of a group
         * @description Protocol and ports are needed for a network (`cidr`); for a group (`group_id`) they may be left out, which means everything. The members of a
         *     group are told by the MAC addresses of their cards, so such a rule reaches as far as the network segment.
         */
        post: operations["createSecurityGroupRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/os-security-group-rules/{rule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a rule away; an exchange that it let in ends */
        delete: operations["deleteSecurityGroupRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/os-security-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The groups that a server is in */
        get: operations["listServerSecurityGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/servers/{server_id}/firewall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a server is guarded, and whether what was asked last is in force */
        get: operations["showServerFirewall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/os-volume_attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The volumes that are attached to a server */
        get: operations["listVolumeAttachments"];
        put?: never;
        /** Attaches a volume to a server, running or not; a worker does it, the volume's status tells when */
        post: operations["attachVolume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.1/servers/{server_id}/os-volume_attachments/{volume_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One volume that is attached to a server */
        get: operations["showVolumeAttachment"];
        /**
         * Says whether an attached volume is deleted with its server (from 2.85)
         * @description Another volume in the body, and any body before 2.85, asks to swap the volume, which nobody may.
         */
        put: operations["updateVolumeAttachment"];
        post?: never;
        /** Detaches a volume from a server; of a running one the guest is asked to let go of it */
        delete: operations["detachVolume"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All hosts */
        get: operations["listHosts"];
        put?: never;
        /** Adds a host and adopts the guests that run there; nothing on the host changes */
        post: operations["addHost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/hosts/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The SSH host keys that an address offers; nothing is authenticated and nothing is stored */
        post: operations["scanHost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/hosts/{host_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One host, its facts and its problem */
        get: operations["showHost"];
        put?: never;
        post?: never;
        /** Forgets a host and its servers; the guests run on */
        delete: operations["removeHost"];
        options?: never;
        head?: never;
        /** Says what networks of other hosts are called on this one; nothing on the host changes */
        patch: operations["changeHost"];
        trace?: never;
    };
    "/ferry/v1/hosts/{host_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks at a host now */
        post: operations["checkHost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/hosts/{host_id}/fence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was last taken down, in force or not, and the boot that a new word would be for */
        get: operations["showFence"];
        put?: never;
        /** Takes down that a host is dead, which evacuating its guests asks for; ends by itself when the host is seen again */
        post: operations["fenceHost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The storage pools of all hosts, or of one, as they were seen last */
        get: operations["listPools"];
        put?: never;
        /** Defines a pool in a host's libvirt, lets it start with the host, and starts it; nothing is formatted */
        post: operations["definePool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/pools/{host_id}/{pool_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One pool of a host, as it was seen last */
        get: operations["showPool"];
        put?: never;
        post?: never;
        /** Stops a pool and removes its definition from the host; what it holds stays */
        delete: operations["removePool"];
        options?: never;
        head?: never;
        /** Starts a pool, or stops one that no guest and no volume of ferry's uses */
        patch: operations["switchPool"];
        trace?: never;
    };
    "/ferry/v1/volumes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The project's volumes, newest first; an administrator sees those of all projects */
        get: operations["listVolumes"];
        put?: never;
        /** Makes a volume in a pool of a host; thin where the pool holds files */
        post: operations["createVolume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/volumes/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes up a volume that is in a pool already and that no guest uses */
        post: operations["adoptVolume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/volumes/{volume_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One volume */
        get: operations["showVolume"];
        put?: never;
        post?: never;
        /** Deletes a volume and its content, if it is attached to nothing; a LUN of an iSCSI target stays, and is only no volume any more */
        delete: operations["deleteVolume"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/ssh-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ferry's public key, the line for authorized_keys of each host */
        get: operations["showSshKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/servers/{server_id}/preflight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** All checks of a move, with remedies; nothing is started */
        post: operations["preflight"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/migrations/{migration_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The full record of a migration; by uuid or number */
        get: operations["showMigration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ferry/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens, as server-sent events
         * @description Event names are the kinds; live progress comes as `migration.progress` without an id. After a reconnect with Last-Event-ID
         *     the kept events since then are sent first. A comment line every 15 s keeps the connection known to be alive.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether this process can serve */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document as a page to read and to try */
        get: operations["showDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{docs_file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What that page is made of */
        get: operations["showDocsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Instant: string;
        Link: {
            rel: string;
            href: string;
            type?: string;
        };
        Links: components["schemas"]["Link"][];
        VersionSummary: {
            id: string;
            /** @enum {unknown} */
            status: "CURRENT" | "SUPPORTED";
            version: string;
            min_version: string;
            updated: components["schemas"]["Instant"];
            links: components["schemas"]["Links"];
        };
        VersionList: {
            versions: components["schemas"]["VersionSummary"][];
        };
        MediaType: {
            base: string;
            type: string;
        };
        VersionDocument: {
            version: {
                id: string;
                /** @enum {unknown} */
                status: "CURRENT" | "SUPPORTED";
                version: string;
                min_version: string;
                updated: components["schemas"]["Instant"];
                links: components["schemas"]["Links"];
                "media-types": components["schemas"]["MediaType"][];
            };
        };
        IdentityVersion: {
            id: string;
            /** @constant */
            status: "stable";
            updated: components["schemas"]["Instant"];
            links: components["schemas"]["Links"];
            "media-types": components["schemas"]["MediaType"][];
        };
        Domain: {
            id: string;
            name: string;
        };
        ScopedName: {
            id: string;
            name: string;
            domain: components["schemas"]["Domain"];
        };
        Endpoint: {
            id: string;
            /** @enum {unknown} */
            interface: "public" | "internal" | "admin";
            region: string;
            region_id: string;
            url: string;
        };
        CatalogEntry: {
            id: string;
            type: string;
            name: string;
            endpoints: components["schemas"]["Endpoint"][];
        };
        TokenDocument: {
            token: {
                methods: string[];
                audit_ids: string[];
                issued_at: string;
                expires_at: string;
                user: {
                    id: string;
                    name: string;
                    domain: components["schemas"]["Domain"];
                    password_expires_at: null;
                };
                project?: components["schemas"]["ScopedName"];
                domain?: components["schemas"]["Domain"];
                system?: {
                    /** @constant */
                    all: true;
                };
                application_credential?: {
                    id: string;
                    name: string;
                    restricted: boolean;
                };
                /** @constant */
                is_domain: false;
                roles: {
                    id: string;
                    name: string;
                }[];
                catalog?: components["schemas"]["CatalogEntry"][];
            };
        };
        IdentityFault: {
            error: {
                code: number;
                title: string;
                message: string;
            };
        };
        Id: string;
        Name: string;
        DomainReference: {
            id?: components["schemas"]["Id"];
            name?: components["schemas"]["Name"];
        };
        NamedReference: {
            id?: components["schemas"]["Id"];
            name?: components["schemas"]["Name"];
            domain?: components["schemas"]["DomainReference"];
        };
        TokenRequest: {
            auth: {
                identity: {
                    methods: ("password" | "token" | "application_credential")[];
                    password?: {
                        user: {
                            id?: components["schemas"]["Id"];
                            name?: components["schemas"]["Name"];
                            domain?: components["schemas"]["DomainReference"];
                            password: string;
                        };
                    };
                    token?: {
                        id: string;
                    };
                    application_credential?: {
                        id?: components["schemas"]["Id"];
                        name?: components["schemas"]["Name"];
                        user?: components["schemas"]["NamedReference"];
                        secret: string;
                    };
                };
                scope?: "unscoped" | {
                    project?: components["schemas"]["NamedReference"];
                    domain?: components["schemas"]["DomainReference"];
                    system?: {
                        /** @constant */
                        all: true;
                    };
                };
            };
        };
        Project: {
            id: string;
            name: string;
            domain_id: string;
            enabled: boolean;
            is_domain: boolean;
            parent_id: string;
            description: string;
            tags: string[];
            options: Record<string, never>;
            links: {
                self?: string;
            };
        };
        ListLinks: {
            self: string;
            previous: null;
            next: null;
        };
        SelfLink: {
            self: string;
        };
        DomainRecord: {
            id: string;
            name: string;
            description: string;
            enabled: boolean;
            tags: string[];
            options: Record<string, never>;
            links: components["schemas"]["SelfLink"];
        };
        DomainList: {
            domains: components["schemas"]["DomainRecord"][];
            links: components["schemas"]["ListLinks"];
        };
        SystemList: {
            system: {
                /** @constant */
                all: true;
            }[];
            links: components["schemas"]["ListLinks"];
        };
        User: {
            id: string;
            name: string;
            domain_id: string;
            enabled: boolean;
            description: string;
            email?: string;
            default_project_id?: string;
            password_expires_at: null;
            options: Record<string, never>;
            links: components["schemas"]["SelfLink"];
        };
        UserList: {
            users: components["schemas"]["User"][];
            links: components["schemas"]["ListLinks"];
        };
        UserCreation: {
            user: {
                name: components["schemas"]["Name"];
                password?: string | null;
                enabled?: boolean;
                /** @constant */
                domain_id?: "default";
                description?: string | null;
                email?: string | null;
                default_project_id?: string | null;
                options?: Record<string, never>;
            };
        };
        UserDocument: {
            user: components["schemas"]["User"];
        };
        UserUpdate: {
            user: {
                name?: components["schemas"]["Name"];
                password?: string | null;
                enabled?: boolean;
                /** @constant */
                domain_id?: "default";
                description?: string | null;
                email?: string | null;
                default_project_id?: string | null;
                options?: Record<string, never>;
            };
        };
        PasswordChange: {
            user: {
                original_password: string;
                password: string;
            };
        };
        ProjectList: {
            projects: components["schemas"]["Project"][];
            links: components["schemas"]["ListLinks"];
        };
        Credential: {
            id: string;
            name: string;
            description: string;
            project_id: string;
            roles: {
                id: string;
                name: string;
                domain_id: null;
            }[];
            expires_at: string | null;
            unrestricted: boolean;
            links: components["schemas"]["SelfLink"];
        };
        CredentialList: {
            application_credentials: components["schemas"]["Credential"][];
            links: components["schemas"]["ListLinks"];
        };
        CredentialCreation: {
            application_credential: {
                name: components["schemas"]["Name"];
                description?: string | null;
                secret?: string | null;
                /** Format: date-time */
                expires_at?: string | null;
                unrestricted?: boolean | null;
                roles?: {
                    id?: components["schemas"]["Id"];
                    name?: components["schemas"]["Name"];
                }[];
            };
        };
        CredentialAndSecret: {
            id: string;
            name: string;
            description: string;
            project_id: string;
            roles: {
                id: string;
                name: string;
                domain_id: null;
            }[];
            expires_at: string | null;
            unrestricted: boolean;
            links: components["schemas"]["SelfLink"];
            secret: string;
        };
        CredentialWithSecret: {
            application_credential: components["schemas"]["CredentialAndSecret"];
        };
        CredentialDocument: {
            application_credential: components["schemas"]["Credential"];
        };
        ProjectCreation: {
            project: {
                name: string;
                description?: string | null;
                enabled?: boolean;
                /** @constant */
                domain_id?: "default";
                /** @constant */
                parent_id?: "default";
                /** @constant */
                is_domain?: false;
                tags?: unknown[];
                options?: Record<string, never>;
            };
        };
        ProjectDocument: {
            project: components["schemas"]["Project"];
        };
        ProjectUpdate: {
            project: {
                name?: string;
                description?: string | null;
                enabled?: boolean;
                /** @constant */
                domain_id?: "default";
                /** @constant */
                parent_id?: "default";
                /** @constant */
                is_domain?: false;
                tags?: unknown[];
                options?: Record<string, never>;
            };
        };
        Role: {
            id: string;
            /** @enum {unknown} */
            name: "admin" | "manager" | "member" | "reader";
            domain_id: null;
            description: null;
            options: Record<string, never>;
            links: components["schemas"]["SelfLink"];
        };
        RoleList: {
            roles: components["schemas"]["Role"][];
            links: components["schemas"]["ListLinks"];
        };
        RoleDocument: {
            role: components["schemas"]["Role"];
        };
        /** @description With its name only when names were asked for */
        Assigned: {
            id: string;
            name?: string;
            domain?: components["schemas"]["Domain"];
        };
        Assignment: {
            role: {
                id: string;
                name?: string;
            };
            user: components["schemas"]["Assigned"];
            scope: {
                project: components["schemas"]["Assigned"];
            };
            links: {
                assignment: string;
            };
        };
        AssignmentList: {
            role_assignments: components["schemas"]["Assignment"][];
            links: components["schemas"]["ListLinks"];
        };
        DomainDocument: {
            domain: components["schemas"]["DomainRecord"];
        };
        Region: {
            id: string;
            description: string;
            parent_region_id: null;
            links: components["schemas"]["SelfLink"];
        };
        RegionList: {
            regions: components["schemas"]["Region"][];
            links: components["schemas"]["ListLinks"];
        };
        RegionDocument: {
            region: components["schemas"]["Region"];
        };
        CatalogService: {
            id: string;
            type: string;
            name: string;
            enabled: boolean;
            links: components["schemas"]["SelfLink"];
        };
        CatalogServiceList: {
            services: components["schemas"]["CatalogService"][];
            links: components["schemas"]["ListLinks"];
        };
        CatalogServiceDocument: {
            service: components["schemas"]["CatalogService"];
        };
        EndpointRecord: {
            id: string;
            /** @enum {unknown} */
            interface: "public" | "internal" | "admin";
            region: string;
            region_id: string;
            url: string;
            service_id: string;
            enabled: boolean;
            links: components["schemas"]["SelfLink"];
        };
        EndpointList: {
            endpoints: components["schemas"]["EndpointRecord"][];
            links: components["schemas"]["ListLinks"];
        };
        EndpointDocument: {
            endpoint: components["schemas"]["EndpointRecord"];
        };
        /** @enum {unknown} */
        LooseBoolean: true | "True" | "TRUE" | "true" | "1" | "ON" | "On" | "on" | "YES" | "Yes" | "yes" | false | "False" | "FALSE" | "false" | "0" | "OFF" | "Off" | "off" | "NO" | "No" | "no";
        NonNegativeText: string;
        Uuid: string;
        ServerSummary: {
            id: components["schemas"]["Uuid"];
            name: string;
            links: components["schemas"]["Links"];
        };
        ServerList: {
            servers: components["schemas"]["ServerSummary"][];
            servers_links?: components["schemas"]["Links"];
        };
        Fault: {
            [key: string]: {
                code: number;
                message: string;
                retryAfter?: string;
            };
        };
        Metadata: {
            [key: string]: string;
        };
        Count: number | string;
        Card: {
            /** @description Name of a libvirt network or of a bridge of the host */
            uuid: string;
            /**
             * Format: ipv4
             * @description The card's MAC address is made of it, 52:54 and its four octets. When each card has one and groups guard them, the server sends from these only
             */
            fixed_ip?: string;
        };
        /** @description auto: the host's one libvirt network, or that of the name default; none: no card */
        Networks: ("auto" | "none") | components["schemas"]["Card"][];
        GroupName: {
            name: string;
        };
        PersonalityFile: {
            path: string;
            /** @description Base64 */
            contents: string;
        };
        Tag: string;
        BlockDevice: {
            uuid?: string | null;
            boot_index?: number | string | null;
            /** @enum {unknown} */
            source_type?: "volume" | "image" | "snapshot" | "blank";
            /** @enum {unknown} */
            destination_type?: "volume" | "local";
            delete_on_termination?: components["schemas"]["LooseBoolean"];
            device_name?: string | null;
            device_type?: string;
            disk_bus?: string;
            guest_format?: string;
            no_device?: boolean | string;
            volume_size?: number | string;
            tag?: components["schemas"]["Tag"];
            volume_type?: string | null;
        };
        HostName: string;
        HostnameOfServer: string;
        NewServer: {
            name: string;
            /** @description Uuid of an image of ferry */
            imageRef?: string;
            /** @description Id of a flavor */
            flavorRef: string | number;
            /** @description Without it one is made. It is told to the guest by its config drive, and is kept nowhere */
            adminPass?: string;
            metadata?: components["schemas"]["Metadata"];
            /** @enum {unknown} */
            "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
            accessIPv4?: string | (null | "");
            accessIPv6?: string | (null | "");
            /** @description A zone, or of administrators ZONE:HOST or ZONE:HOST:NODE */
            availability_zone?: string;
            config_drive?: components["schemas"]["LooseBoolean"];
            /** @description A key pair of the caller's. The public key is on the config drive, which the server then has */
            key_name?: string | null;
            min_count?: components["schemas"]["Count"];
            /** @description How many servers are made, all or none; without it, min_count. Their names end in -1, -2, ... */
            max_count?: components["schemas"]["Count"];
            /** @description The answer then is an id by which the servers are listed */
            return_reservation_id?: components["schemas"]["LooseBoolean"];
            networks?: components["schemas"]["Networks"];
            /** @description In force before its first start. None named: the project's `default`, unless its cards cannot be filtered (macvtap, Open vSwitch) */
            security_groups?: components["schemas"]["GroupName"][];
            /** @description Base64; it is put on a config drive */
            user_data?: string | null;
            /** @description Files that the guest takes from its config drive */
            personality?: components["schemas"]["PersonalityFile"][];
            /** @description The image as the first local disk; other disks are refused */
            block_device_mapping_v2?: components["schemas"]["BlockDevice"][];
            description?: string | null;
            tags?: components["schemas"]["Tag"][];
            /** @description Of administrators */
            host?: components["schemas"]["HostName"];
            /** @description Of administrators */
            hypervisor_hostname?: components["schemas"]["HostName"];
            hostname?: components["schemas"]["HostnameOfServer"];
        };
        ServerIds: string | string[];
        Hints: {
            /**
             * Format: uuid
             * @description Id of a server group that the server joins
             */
            group?: string;
            /** @description On a host of one of these servers */
            same_host?: components["schemas"]["ServerIds"];
            /** @description On a host of none of these servers */
            different_host?: components["schemas"]["ServerIds"];
        };
        ServerCreation: {
            server: components["schemas"]["NewServer"];
            "os:scheduler_hints"?: components["schemas"]["Hints"];
            "OS-SCH-HNT:scheduler_hints"?: components["schemas"]["Hints"];
        };
        FirstServer: {
            server: {
                id: components["schemas"]["Uuid"];
                links: components["schemas"]["Links"];
                /** @enum {unknown} */
                "OS-DCF:diskConfig": "AUTO" | "MANUAL";
                security_groups: components["schemas"]["GroupName"][];
                adminPass: string;
            };
        };
        Reservation: {
            reservation_id: string;
        };
        CreatedServer: components["schemas"]["FirstServer"] | components["schemas"]["Reservation"];
        /** @description What the last action failed of; shown while the status is ERROR or DELETED. */
        ServerFault: {
            code: number;
            created: components["schemas"]["Instant"];
            message: string;
        };
        LinkedFlavor: {
            id: string;
            links: components["schemas"]["Links"];
        };
        EmbeddedFlavor: {
            vcpus: number;
            /** @description MiB */
            ram: number;
            /** @description GiB */
            disk: number;
            ephemeral: number;
            swap: number;
            original_name: string;
            extra_specs: {
                [key: string]: string;
            };
        };
        "security-groups_GroupName": {
            name: string;
        };
        NullableNaiveTime: string | null;
        Server: {
            id: components["schemas"]["Uuid"];
            name: string;
            /** @enum {unknown} */
            status: "ACTIVE" | "BUILD" | "PAUSED" | "SUSPENDED" | "SHUTOFF" | "RESIZE" | "VERIFY_RESIZE" | "REVERT_RESIZE" | "ERROR" | "DELETED" | "MIGRATING" | "REBOOT" | "HARD_REBOOT";
            progress?: number;
            fault?: components["schemas"]["ServerFault"];
            tenant_id: string;
            user_id: string;
            metadata: {
                [key: string]: string;
            };
            hostId: string;
            /** @description An empty text when ferry did not make the server */
            image: "" | {
                id: components["schemas"]["Uuid"];
                links: components["schemas"]["Links"];
            };
            flavor: components["schemas"]["LinkedFlavor"] | components["schemas"]["EmbeddedFlavor"];
            created: components["schemas"]["Instant"];
            updated: components["schemas"]["Instant"];
            addresses: Record<string, never>;
            accessIPv4: string;
            accessIPv6: string;
            links: components["schemas"]["Links"];
            /** @enum {unknown} */
            "OS-DCF:diskConfig": "AUTO" | "MANUAL";
            key_name: string | null;
            security_groups?: components["schemas"]["security-groups_GroupName"][];
            config_drive: string;
            "OS-EXT-AZ:availability_zone": string;
            "OS-SRV-USG:launched_at": components["schemas"]["NullableNaiveTime"];
            "OS-SRV-USG:terminated_at": components["schemas"]["NullableNaiveTime"];
            "OS-EXT-STS:task_state": string | null;
            "OS-EXT-STS:vm_state": string;
            /** @enum {unknown} */
            "OS-EXT-STS:power_state": 0 | 1 | 3 | 4 | 6 | 7;
            "os-extended-volumes:volumes_attached": {
                id: components["schemas"]["Uuid"];
                delete_on_termination?: boolean;
            }[];
            "OS-EXT-SRV-ATTR:host"?: string | null;
            "OS-EXT-SRV-ATTR:hypervisor_hostname"?: string | null;
            "OS-EXT-SRV-ATTR:instance_name"?: string;
            "OS-EXT-SRV-ATTR:hostname"?: string;
            "OS-EXT-SRV-ATTR:kernel_id"?: string;
            "OS-EXT-SRV-ATTR:ramdisk_id"?: string;
            "OS-EXT-SRV-ATTR:launch_index"?: number;
            "OS-EXT-SRV-ATTR:reservation_id"?: string;
            "OS-EXT-SRV-ATTR:root_device_name"?: string | null;
            "OS-EXT-SRV-ATTR:user_data"?: string | null;
            locked: boolean;
            /** @enum {unknown} */
            host_status?: "UP" | "DOWN" | "MAINTENANCE" | "UNKNOWN" | "";
            description: string | null;
            tags: string[];
            trusted_image_certificates: null;
            server_groups?: string[];
            locked_reason: string | null;
            pinned_availability_zone: string | null;
        };
        ServerDetailList: {
            servers: components["schemas"]["Server"][];
            servers_links?: components["schemas"]["Links"];
        };
        ServerDocument: {
            server: components["schemas"]["Server"];
        };
        ServerName: string;
        Hostname_2_90: string;
        /** @description Domains may follow. */
        Hostname_2_94: string;
        ServerUpdate: {
            server: {
                name?: components["schemas"]["ServerName"];
                /** Format: ipv4 */
                accessIPv4?: string;
                /**
                 * Format: ipv6
                 * @description It is kept and shown in its short form
                 */
                accessIPv6?: string;
                /** @enum {unknown} */
                "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
                description?: string | null;
                hostname?: components["schemas"]["Hostname_2_90"] | components["schemas"]["Hostname_2_94"];
            };
        };
        Address: {
            addr: string;
            /** @enum {unknown} */
            version: 4 | 6;
        };
        PartOfServer: {
            id: components["schemas"]["Uuid"];
            name: string;
            status: string;
            progress?: number;
            fault?: components["schemas"]["ServerFault"];
            tenant_id: string;
            user_id: string;
            metadata: {
                [key: string]: string;
            };
            hostId: string;
            /** @description An empty text when ferry did not make the server */
            image: "" | {
                id: components["schemas"]["Uuid"];
                links: components["schemas"]["Links"];
            };
            flavor: components["schemas"]["LinkedFlavor"] | components["schemas"]["EmbeddedFlavor"];
            created: components["schemas"]["Instant"];
            updated: components["schemas"]["Instant"];
            addresses: {
                [key: string]: components["schemas"]["Address"][];
            };
            accessIPv4: string;
            accessIPv6: string;
            links: components["schemas"]["Links"];
            /** @enum {unknown} */
            "OS-DCF:diskConfig": "AUTO" | "MANUAL";
            locked: boolean;
            description: string | null;
            tags: string[];
            trusted_image_certificates: null;
            server_groups: string[];
            locked_reason: string | null;
        };
        UpdatedServer: {
            server: components["schemas"]["PartOfServer"] | components["schemas"]["Server"];
        };
        /** @description Naming a host bypasses the choice of hosts; checks are answered in the response. */
        MigrateLive_2_1: {
            host: components["schemas"]["HostName"] | null;
            block_migration: components["schemas"]["LooseBoolean"];
            disk_over_commit: components["schemas"]["LooseBoolean"];
        };
        /** @enum {unknown} */
        LooseBooleanOrAuto: true | "True" | "TRUE" | "true" | "1" | "ON" | "On" | "on" | "YES" | "Yes" | "yes" | false | "False" | "FALSE" | "false" | "0" | "OFF" | "Off" | "off" | "NO" | "No" | "no" | "auto";
        /** @description block_migration may be auto; disk_over_commit is gone. */
        MigrateLive_2_25: {
            host: components["schemas"]["HostName"] | null;
            block_migration: components["schemas"]["LooseBooleanOrAuto"];
        };
        /** @description A named host is checked like any other unless force is true. From 2.34 on checks no longer delay the answer. */
        MigrateLive_2_30: {
            host: components["schemas"]["HostName"] | null;
            block_migration: components["schemas"]["LooseBooleanOrAuto"];
            force?: components["schemas"]["LooseBoolean"];
        };
        /** @description force is gone. */
        MigrateLive_2_68: {
            host: components["schemas"]["HostName"] | null;
            block_migration: components["schemas"]["LooseBooleanOrAuto"];
        };
        /** @description ferry chooses the host. */
        Migrate_2_1: Record<string, never> | null;
        /** @description A host may be named; it is checked like any other. */
        Migrate_2_56: {
            host?: components["schemas"]["HostName"] | null;
        } | null;
        Evacuate_2_1: {
            host?: components["schemas"]["HostName"] | null;
            /** @description Only true is served: nothing is rebuilt from an image */
            onSharedStorage: components["schemas"]["LooseBoolean"];
            /** @description Accepted and not used */
            adminPass?: string;
        };
        /** @description Whether the storage is shared is found out. */
        Evacuate_2_14: {
            host?: components["schemas"]["HostName"] | null;
            /** @description Accepted and not used */
            adminPass?: string;
        };
        Evacuate_2_29: {
            host?: components["schemas"]["HostName"] | null;
            /** @description Skips the capacity of the named host and nothing that protects the guest */
            force?: components["schemas"]["LooseBoolean"];
            /** @description Accepted and not used */
            adminPass?: string;
        };
        /** @description force is gone. From 2.95 on the server stays off at its new host. */
        Evacuate_2_68: {
            host?: components["schemas"]["HostName"] | null;
            /** @description Accepted and not used */
            adminPass?: string;
        };
        Resize: {
            /** @description Id of the flavor whose size the server gets */
            flavorRef: string | number;
            /** @enum {unknown} */
            "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
        };
        Rebuild: {
            /** @description Uuid of the image of which its disk is made anew */
            imageRef: string;
            name?: string;
            adminPass?: string;
            metadata?: components["schemas"]["Metadata"];
            /** @description There are no ephemeral disks */
            preserve_ephemeral?: components["schemas"]["LooseBoolean"];
            /** @enum {unknown} */
            "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
            accessIPv4?: string | (null | "");
            accessIPv6?: string | (null | "");
            /** @description Files are given when a server is made */
            personality?: unknown[];
            description?: string | null;
            key_name?: string | null;
            user_data?: string | null;
            trusted_image_certificates?: null;
            hostname?: components["schemas"]["HostnameOfServer"];
        };
        /** @description null, or {} as some clients write it */
        NoArguments: Record<string, never> | null;
        Reboot: {
            /** @enum {unknown} */
            type: "SOFT" | "Soft" | "soft" | "HARD" | "Hard" | "hard";
        };
        /** @description A reason may be given from 2.73 on. */
        Lock_2_1: Record<string, never> | null;
        Lock_2_73: {
            locked_reason?: string;
        } | null;
        ResetState: {
            /** @enum {unknown} */
            state: "active" | "error";
        };
        /** @description By name or id. */
        GroupReference: {
            name: string;
        };
        MetadataItems: {
            [key: string]: string;
        };
        CreateImage: {
            name: string;
            metadata?: components["schemas"]["MetadataItems"];
        };
        CreateBackup: {
            name: string;
            backup_type: string;
            rotation: number | components["schemas"]["NonNegativeText"];
            metadata?: components["schemas"]["MetadataItems"];
        };
        Unshelve_2_1: Record<string, never> | null;
        Unshelve_2_77: {
            availability_zone: string;
        } | null;
        Unshelve_2_91: {
            availability_zone?: string | null;
            host?: components["schemas"]["HostName"];
        } | null;
        Rescue: {
            adminPass?: string;
            rescue_image_ref?: string;
        } | null;
        ChangePassword: {
            adminPass: string;
        };
        AddFixedIp: {
            networkId: string;
        };
        RemoveFixedIp: {
            address: string;
        };
        AddFloatingIp: {
            address: string;
            fixed_address?: string;
        };
        RemoveFloatingIp: {
            address: string;
        };
        GetConsoleOutput: {
            length?: number | string | null;
        };
        GetVncConsole: {
            /** @enum {unknown} */
            type: "novnc" | "xvpvnc";
        };
        GetSpiceConsole: {
            /** @enum {unknown} */
            type: "spice-html5";
        };
        GetSerialConsole: {
            /** @enum {unknown} */
            type: "serial";
        };
        ServerAction: {
            "os-migrateLive"?: components["schemas"]["MigrateLive_2_1"] | components["schemas"]["MigrateLive_2_25"] | components["schemas"]["MigrateLive_2_30"] | components["schemas"]["MigrateLive_2_68"];
            migrate?: components["schemas"]["Migrate_2_1"] | components["schemas"]["Migrate_2_56"];
            evacuate?: components["schemas"]["Evacuate_2_1"] | components["schemas"]["Evacuate_2_14"] | components["schemas"]["Evacuate_2_29"] | components["schemas"]["Evacuate_2_68"];
            resize?: components["schemas"]["Resize"];
            rebuild?: components["schemas"]["Rebuild"];
            confirmResize?: components["schemas"]["NoArguments"];
            revertResize?: components["schemas"]["NoArguments"];
            "os-start"?: components["schemas"]["NoArguments"];
            "os-stop"?: components["schemas"]["NoArguments"];
            reboot?: components["schemas"]["Reboot"];
            pause?: components["schemas"]["NoArguments"];
            unpause?: components["schemas"]["NoArguments"];
            suspend?: components["schemas"]["NoArguments"];
            resume?: components["schemas"]["NoArguments"];
            lock?: components["schemas"]["Lock_2_1"] | components["schemas"]["Lock_2_73"];
            unlock?: components["schemas"]["NoArguments"];
            "os-resetState"?: components["schemas"]["ResetState"];
            forceDelete?: components["schemas"]["NoArguments"];
            addSecurityGroup?: components["schemas"]["GroupReference"];
            removeSecurityGroup?: components["schemas"]["GroupReference"];
            createImage?: components["schemas"]["CreateImage"];
            createBackup?: components["schemas"]["CreateBackup"];
            shelve?: components["schemas"]["NoArguments"];
            shelveOffload?: components["schemas"]["NoArguments"];
            unshelve?: components["schemas"]["Unshelve_2_1"] | components["schemas"]["Unshelve_2_77"] | components["schemas"]["Unshelve_2_91"];
            rescue?: components["schemas"]["Rescue"];
            unrescue?: components["schemas"]["NoArguments"];
            restore?: components["schemas"]["NoArguments"];
            changePassword?: components["schemas"]["ChangePassword"];
            trigger_crash_dump?: null;
            addFixedIp?: components["schemas"]["AddFixedIp"];
            removeFixedIp?: components["schemas"]["RemoveFixedIp"];
            addFloatingIp?: components["schemas"]["AddFloatingIp"];
            removeFloatingIp?: components["schemas"]["RemoveFloatingIp"];
            "os-getConsoleOutput"?: components["schemas"]["GetConsoleOutput"];
            "os-getVNCConsole"?: components["schemas"]["GetVncConsole"];
            "os-getSPICEConsole"?: components["schemas"]["GetSpiceConsole"];
            "os-getSerialConsole"?: components["schemas"]["GetSerialConsole"];
        };
        RebuiltServer: {
            server: Record<string, never>;
        };
        MetadataDocument: {
            metadata: components["schemas"]["MetadataItems"];
        };
        MetadataItem: {
            /** @description One key, the one of the path */
            meta: {
                [key: string]: string;
            };
        };
        TagsDocument: {
            tags: components["schemas"]["Tag"][];
        };
        AddressesDocument: {
            addresses: {
                [key: string]: components["schemas"]["Address"][];
            };
        };
        NetworkAddresses: {
            [key: string]: components["schemas"]["Address"][];
        };
        "server-details_Card": {
            /** @description Made of the server and the card's MAC address */
            port_id: components["schemas"]["Uuid"];
            /** @description Made of the name of the network or bridge */
            net_id: components["schemas"]["Uuid"];
            mac_addr: string;
            /** @enum {unknown} */
            port_state: "ACTIVE" | "DOWN";
            /** @description The address that was asked for */
            fixed_ips: {
                ip_address: string;
                subnet_id: components["schemas"]["Uuid"];
            }[];
            tag: null;
        };
        CardList: {
            interfaceAttachments: components["schemas"]["server-details_Card"][];
        };
        NewCard: {
            interfaceAttachment: {
                net_id?: string;
                port_id?: string;
                fixed_ips?: {
                    ip_address: string;
                }[];
                tag?: components["schemas"]["Tag"];
            };
        };
        CardDocument: {
            interfaceAttachment: components["schemas"]["server-details_Card"];
        };
        PasswordDocument: {
            /**
             * @description No guest of ferry's tells one
             * @constant
             */
            password: "";
        };
        Topology: {
            /** @description ferry asks for no NUMA cells */
            nodes: unknown[];
            pagesize_kb: null;
        };
        /** @description By names that follow from the devices: cpu0_time (ns), vda_read (bytes), vda_read_req, vnet0_rx (bytes), memory (KiB), ... A number that is not counted is -1. */
        Diagnostics_2_1: {
            [key: string]: number;
        };
        CpuDiagnostics: {
            id: number;
            /** @description Nanoseconds */
            time: number | null;
            utilisation: null;
        };
        CardDiagnostics: {
            mac_address: string | null;
            rx_octets: number | null;
            rx_errors: number | null;
            rx_drop: number | null;
            rx_packets: number | null;
            rx_rate: null;
            tx_octets: number | null;
            tx_errors: number | null;
            tx_drop: number | null;
            tx_packets: number | null;
            tx_rate: null;
        };
        DiskDiagnostics: {
            read_bytes: number | null;
            read_requests: number | null;
            write_bytes: number | null;
            write_requests: number | null;
            errors_count: number | null;
        };
        Diagnostics_2_48: {
            /** @enum {unknown} */
            state: "pending" | "running" | "paused" | "shutdown" | "crashed" | "suspended";
            /** @constant */
            driver: "libvirt";
            hypervisor: string | null;
            hypervisor_os: null;
            /** @description Seconds since its first start */
            uptime: number | null;
            config_drive: boolean;
            num_cpus: number;
            num_nics: number;
            num_disks: number;
            memory_details: {
                /** @description MiB */
                maximum: number | null;
                /** @description MiB */
                used: number | null;
            };
            cpu_details: components["schemas"]["CpuDiagnostics"][];
            nic_details: components["schemas"]["CardDiagnostics"][];
            disk_details: components["schemas"]["DiskDiagnostics"][];
        };
        Diagnostics: components["schemas"]["Diagnostics_2_1"] | components["schemas"]["Diagnostics_2_48"];
        NewConsole: {
            remote_console: {
                /** @enum {unknown} */
                protocol: "vnc" | "spice" | "rdp" | "serial" | "mks";
                /** @enum {unknown} */
                type: "novnc" | "xvpvnc" | "spice-html5" | "rdp-html5" | "serial" | "webmks";
            };
        };
        /** @enum {unknown} */
        Status: "accepted" | "queued" | "preparing" | "running" | "pre-migrating" | "migrating" | "post-migrating" | "finished" | "confirming" | "reverting" | "done" | "completed" | "confirmed" | "reverted" | "cancelled" | "failed" | "error";
        NullableBytes: number | null;
        NaiveTime: string;
        ServerMigration: {
            id: number;
            uuid: components["schemas"]["Uuid"];
            server_uuid: components["schemas"]["Uuid"];
            status: components["schemas"]["Status"];
            source_compute: string | null;
            source_node: string | null;
            dest_compute: string | null;
            dest_node: string | null;
            dest_host: string | null;
            memory_total_bytes: components["schemas"]["NullableBytes"];
            memory_processed_bytes: components["schemas"]["NullableBytes"];
            memory_remaining_bytes: components["schemas"]["NullableBytes"];
            disk_total_bytes: components["schemas"]["NullableBytes"];
            disk_processed_bytes: components["schemas"]["NullableBytes"];
            disk_remaining_bytes: components["schemas"]["NullableBytes"];
            created_at: components["schemas"]["NaiveTime"];
            updated_at: components["schemas"]["NullableNaiveTime"];
            user_id: string;
            project_id: string;
        };
        ServerMigrationList: {
            migrations: components["schemas"]["ServerMigration"][];
        };
        ServerMigrationDocument: {
            migration: components["schemas"]["ServerMigration"];
        };
        Migration: {
            id: number;
            uuid: components["schemas"]["Uuid"];
            instance_uuid: components["schemas"]["Uuid"];
            status: components["schemas"]["Status"];
            /** @enum {unknown} */
            migration_type: "live-migration" | "migration" | "resize" | "evacuation";
            links?: components["schemas"]["Links"];
            source_compute: string | null;
            source_node: string | null;
            dest_compute: string | null;
            dest_node: string | null;
            dest_host: string | null;
            old_instance_type_id: number | null;
            new_instance_type_id: number | null;
            created_at: components["schemas"]["NaiveTime"];
            updated_at: components["schemas"]["NullableNaiveTime"];
            user_id: string;
            project_id: string;
        };
        MigrationList: {
            migrations: components["schemas"]["Migration"][];
            migrations_links?: components["schemas"]["Links"];
        };
        UuidId: string;
        hypervisors_Id: number | components["schemas"]["UuidId"];
        HostedServer: {
            name: string;
            uuid: components["schemas"]["Uuid"];
        };
        HypervisorSummary: {
            id: components["schemas"]["hypervisors_Id"];
            hypervisor_hostname: string;
            /** @enum {unknown} */
            state: "up" | "down";
            /** @enum {unknown} */
            status: "enabled" | "disabled";
            servers?: components["schemas"]["HostedServer"][];
        };
        HypervisorList: {
            hypervisors: components["schemas"]["HypervisorSummary"][];
            hypervisors_links?: components["schemas"]["Links"];
        };
        /** @description The same as JSON text */
        CpuInfoText: string;
        CpuInfo: {
            arch: string;
            model: string;
            vendor: string;
            features: string[];
            topology: {
                cores: number;
                threads: number;
                sockets: number;
            };
        };
        Hypervisor: {
            id: components["schemas"]["hypervisors_Id"];
            hypervisor_hostname: string;
            /** @enum {unknown} */
            state: "up" | "down";
            /** @enum {unknown} */
            status: "enabled" | "disabled";
            hypervisor_type: string;
            /** @description major * 1000000 + minor * 1000 + micro */
            hypervisor_version: number;
            host_ip: string;
            service: {
                id: components["schemas"]["hypervisors_Id"];
                host: string;
                disabled_reason: string | null;
            };
            servers?: components["schemas"]["HostedServer"][];
            uptime: string | null;
            vcpus: number;
            vcpus_used: number;
            memory_mb: number;
            memory_mb_used: number;
            free_ram_mb: number;
            local_gb: number;
            local_gb_used: number;
            free_disk_gb: number;
            disk_available_least: number | null;
            current_workload: number;
            running_vms: number;
            cpu_info: components["schemas"]["CpuInfoText"] | components["schemas"]["CpuInfo"];
        };
        HypervisorDetailList: {
            hypervisors: components["schemas"]["Hypervisor"][];
            hypervisors_links?: components["schemas"]["Links"];
        };
        StatisticsDocument: {
            hypervisor_statistics: {
                count: number;
                vcpus: number;
                vcpus_used: number;
                memory_mb: number;
                memory_mb_used: number;
                free_ram_mb: number;
                local_gb: number;
                local_gb_used: number;
                free_disk_gb: number;
                disk_available_least: number;
                current_workload: number;
                running_vms: number;
            };
        };
        UptimeDocument: {
            hypervisor: {
                id: components["schemas"]["hypervisors_Id"];
                hypervisor_hostname: string;
                /** @enum {unknown} */
                state: "up" | "down";
                /** @enum {unknown} */
                status: "enabled" | "disabled";
                uptime: string;
            };
        };
        HypervisorServersList: {
            hypervisors: {
                id: components["schemas"]["hypervisors_Id"];
                hypervisor_hostname: string;
                /** @enum {unknown} */
                state: "up" | "down";
                /** @enum {unknown} */
                status: "enabled" | "disabled";
                servers?: components["schemas"]["HostedServer"][];
            }[];
        };
        HypervisorDocument: {
            hypervisor: components["schemas"]["Hypervisor"];
        };
        Service: {
            id: components["schemas"]["hypervisors_Id"];
            /** @enum {unknown} */
            binary: "nova-compute" | "nova-conductor" | "nova-scheduler";
            host: string;
            zone: string;
            /** @enum {unknown} */
            status: "enabled" | "disabled";
            /** @enum {unknown} */
            state: "up" | "down";
            updated_at: components["schemas"]["NullableNaiveTime"];
            disabled_reason: string | null;
            forced_down: boolean;
        };
        ServiceList: {
            services: components["schemas"]["Service"][];
        };
        ServiceUpdate_2_1: {
            host: components["schemas"]["HostName"];
            binary: string;
            disabled_reason?: string;
        };
        ServiceUpdate_2_11: {
            host: components["schemas"]["HostName"];
            binary: string;
            disabled_reason?: string;
            forced_down?: components["schemas"]["LooseBoolean"];
        };
        ServiceUpdate_2_53: {
            /** @enum {unknown} */
            status?: "enabled" | "disabled";
            disabled_reason?: string;
            forced_down?: components["schemas"]["LooseBoolean"];
        };
        /** @description What was changed. */
        ServiceChange_2_1: {
            host: string;
            binary: string;
            /** @enum {unknown} */
            status?: "enabled" | "disabled";
            disabled_reason?: string;
            forced_down?: boolean;
        };
        ServiceDocument: {
            service: components["schemas"]["ServiceChange_2_1"] | components["schemas"]["Service"];
        };
        InstanceAction: {
            action: string;
            instance_uuid: components["schemas"]["Uuid"];
            request_id: string;
            user_id: string;
            project_id: string;
            start_time: components["schemas"]["NaiveTime"];
            updated_at: components["schemas"]["NullableNaiveTime"];
            message: string | null;
        };
        InstanceActionList: {
            instanceActions: components["schemas"]["InstanceAction"][];
            links?: components["schemas"]["Links"];
        };
        InstanceActionEvent: {
            event: string;
            start_time: components["schemas"]["NaiveTime"];
            finish_time: components["schemas"]["NullableNaiveTime"];
            /** @enum {unknown} */
            result: "Success" | "Error" | null;
            traceback?: string | null;
            hostId: string;
            host?: string | null;
            details?: string | null;
        };
        InstanceActionDocument: {
            instanceAction: {
                action: string;
                instance_uuid: components["schemas"]["Uuid"];
                request_id: string;
                user_id: string;
                project_id: string;
                start_time: components["schemas"]["NaiveTime"];
                updated_at: components["schemas"]["NullableNaiveTime"];
                message: string | null;
                events?: components["schemas"]["InstanceActionEvent"][];
            };
        };
        /** @enum {unknown} */
        SortKey: "created_at" | "updated_at" | "description" | "disabled" | "ephemeral_gb" | "flavorid" | "id" | "is_public" | "memory_mb" | "name" | "root_gb" | "rxtx_factor" | "swap" | "vcpu_weight" | "vcpus";
        FlavorSummary: {
            id: string;
            name: string;
            links: components["schemas"]["Links"];
            description: string | null;
        };
        FlavorList: {
            flavors: components["schemas"]["FlavorSummary"][];
            flavors_links?: components["schemas"]["Links"];
        };
        Size: number | string;
        SizeOrNone: number | string;
        SizeOrEmpty: number | string;
        FlavorCreation: {
            flavor: {
                name: string;
                /** @description Without it, or `auto`: a uuid */
                id?: string | number | null;
                ram: components["schemas"]["Size"];
                vcpus: components["schemas"]["Size"];
                disk: components["schemas"]["SizeOrNone"];
                /** @description MiB; ferry makes no swap disks, and so no servers of a flavor with one */
                swap?: components["schemas"]["SizeOrEmpty"];
                /** @description GiB; ferry makes no ephemeral disks, and so no servers of a flavor with one */
                "OS-FLV-EXT-DATA:ephemeral"?: components["schemas"]["SizeOrNone"];
                rxtx_factor?: number | string;
                "os-flavor-access:is_public"?: components["schemas"]["LooseBoolean"];
                description?: string | null;
            };
        };
        Flavor: {
            id: string;
            name: string;
            /** @description MiB */
            ram: number;
            /** @description GiB; 0: as large as the image */
            disk: number;
            vcpus: number;
            /** @description MiB; without swap 0 from 2.75 on, an empty text before */
            swap: number | string;
            /** @description GiB */
            "OS-FLV-EXT-DATA:ephemeral": number;
            /**
             * @description Nothing disables a flavor
             * @constant
             */
            "OS-FLV-DISABLED:disabled": false;
            "os-flavor-access:is_public": boolean;
            rxtx_factor: number;
            links: components["schemas"]["Links"];
            description: string | null;
            extra_specs: {
                [key: string]: string;
            };
        };
        FlavorDocument: {
            flavor: components["schemas"]["Flavor"];
        };
        FlavorDetailList: {
            flavors: components["schemas"]["Flavor"][];
            flavors_links?: components["schemas"]["Links"];
        };
        FlavorUpdate: {
            flavor: {
                description: string | null;
            };
        };
        ExtraSpecs: {
            extra_specs: {
                [key: string]: string;
            };
        };
        ExtraSpecsChange: {
            extra_specs: {
                [key: string]: string;
            };
        };
        /** @enum {unknown} */
        KeyPairType: "ssh" | "x509";
        ListedKeyPair: {
            name: string;
            public_key: string;
            /** @description Of an ssh key its MD5, of a certificate its SHA-1 */
            fingerprint: string;
            type: components["schemas"]["KeyPairType"];
        };
        KeyPairList: {
            keypairs: {
                keypair: components["schemas"]["ListedKeyPair"];
            }[];
            keypairs_links?: components["schemas"]["Links"];
        };
        NewKeyPair_2_1: {
            name: string;
            public_key?: string;
            type?: components["schemas"]["KeyPairType"];
            user_id?: string;
        };
        NewKeyPair_2_92: {
            name: string;
            public_key: string;
            type?: components["schemas"]["KeyPairType"];
            user_id?: string;
        };
        KeyPairCreation: {
            keypair: components["schemas"]["NewKeyPair_2_1"] | components["schemas"]["NewKeyPair_2_92"];
        };
        CreatedKeyPair: {
            keypair: {
                name: string;
                public_key: string;
                /** @description Of a pair that was made for this request; PEM */
                private_key?: string;
                fingerprint: string;
                type: components["schemas"]["KeyPairType"];
                user_id: string;
            };
        };
        KeyPairDocument: {
            keypair: {
                id: number;
                name: string;
                public_key: string;
                fingerprint: string;
                type: components["schemas"]["KeyPairType"];
                user_id: string;
                created_at: components["schemas"]["NaiveTime"];
                updated_at: null;
                /** @constant */
                deleted: false;
                deleted_at: null;
            };
        };
        /** @enum {unknown} */
        Policy: "anti-affinity" | "affinity" | "soft-anti-affinity" | "soft-affinity";
        Rules: {
            max_server_per_host?: number;
        };
        ServerGroup: {
            id: components["schemas"]["Uuid"];
            name: string;
            members: components["schemas"]["Uuid"][];
            metadata: Record<string, never>;
            policies: components["schemas"]["Policy"][];
            policy: components["schemas"]["Policy"];
            rules: components["schemas"]["Rules"];
            project_id: string;
            user_id: string;
        };
        ServerGroupList: {
            server_groups: components["schemas"]["ServerGroup"][];
        };
        "server-groups_GroupName": string;
        /** @enum {unknown} */
        HardPolicy: "anti-affinity" | "affinity";
        NewServerGroup_2_1: {
            name: components["schemas"]["server-groups_GroupName"];
            policies: components["schemas"]["HardPolicy"][];
        };
        NewServerGroup_2_15: {
            name: components["schemas"]["server-groups_GroupName"];
            policies: components["schemas"]["Policy"][];
        };
        NewServerGroup_2_64: {
            name: components["schemas"]["server-groups_GroupName"];
            policy: components["schemas"]["Policy"];
            /** @description Of anti-affinity only */
            rules?: {
                max_server_per_host?: number | string;
            };
        };
        ServerGroupCreation: {
            server_group: components["schemas"]["NewServerGroup_2_1"] | components["schemas"]["NewServerGroup_2_15"] | components["schemas"]["NewServerGroup_2_64"];
        };
        ServerGroupDocument: {
            server_group: components["schemas"]["ServerGroup"];
        };
        ComputeHostList: {
            hosts: {
                host_name: string;
                /** @enum {unknown} */
                service: "compute" | "conductor" | "scheduler";
                zone: string;
            }[];
        };
        ComputeHostDocument: {
            host: {
                resource: {
                    host: string;
                    project: string;
                    cpu: number;
                    memory_mb: number;
                    disk_gb: number;
                };
            }[];
        };
        ComputeHostUpdate: {
            status?: string;
            maintenance_mode?: string;
        };
        ServerUsage: {
            instance_id: components["schemas"]["Uuid"];
            name: string;
            tenant_id: string;
            hours: number;
            flavor: string;
            vcpus: number;
            memory_mb: number;
            local_gb: number;
            started_at: components["schemas"]["NaiveTime"];
            ended_at: components["schemas"]["NullableNaiveTime"];
            state: string;
            /** @description Seconds */
            uptime: number;
        };
        TenantUsage: {
            tenant_id: string;
            /** @description GiB times hours */
            total_local_gb_usage: number;
            total_vcpus_usage: number;
            /** @description MiB times hours */
            total_memory_mb_usage: number;
            total_hours: number;
            start: components["schemas"]["NaiveTime"];
            stop: components["schemas"]["NaiveTime"];
            server_usages?: components["schemas"]["ServerUsage"][];
        };
        TenantUsageList: {
            tenant_usages: components["schemas"]["TenantUsage"][];
            tenant_usages_links?: components["schemas"]["Links"];
        };
        NoUsage: Record<string, never>;
        TenantUsageDocument: {
            tenant_usage: components["schemas"]["TenantUsage"] | components["schemas"]["NoUsage"];
            tenant_usage_links?: components["schemas"]["Links"];
        };
        Extension: {
            alias: string;
            name: string;
            description: string;
            namespace: string;
            links: components["schemas"]["Links"];
            updated: components["schemas"]["Instant"];
        };
        ExtensionList: {
            extensions: components["schemas"]["Extension"][];
        };
        ExtensionDocument: {
            extension: components["schemas"]["Extension"];
        };
        Aggregate: {
            id: number;
            name: string;
            availability_zone: string | null;
            created_at: components["schemas"]["NaiveTime"];
            updated_at: components["schemas"]["NullableNaiveTime"];
            /** @constant */
            deleted: false;
            deleted_at: null;
            uuid: components["schemas"]["Uuid"];
            hosts: string[];
            metadata: {
                [key: string]: string;
            };
        };
        AggregateList: {
            aggregates: components["schemas"]["Aggregate"][];
        };
        AggregateName: string;
        ZoneName: string | null;
        AggregateCreation: {
            aggregate: {
                name: components["schemas"]["AggregateName"];
                availability_zone?: components["schemas"]["ZoneName"];
            };
        };
        NewAggregate: {
            id: number;
            name: string;
            availability_zone: string | null;
            created_at: components["schemas"]["NaiveTime"];
            updated_at: components["schemas"]["NullableNaiveTime"];
            /** @constant */
            deleted: false;
            deleted_at: null;
            uuid: components["schemas"]["Uuid"];
        };
        NewAggregateDocument: {
            aggregate: components["schemas"]["NewAggregate"];
        };
        AggregateDocument: {
            aggregate: components["schemas"]["Aggregate"];
        };
        AggregateUpdate: {
            aggregate: {
                name?: components["schemas"]["AggregateName"];
                availability_zone?: components["schemas"]["ZoneName"];
            };
        };
        AggregateHost: {
            host: components["schemas"]["HostName"];
        };
        AggregateAction: {
            add_host?: components["schemas"]["AggregateHost"];
            remove_host?: components["schemas"]["AggregateHost"];
            set_metadata?: {
                metadata: {
                    [key: string]: string | null;
                };
            };
        };
        ZoneState: {
            available: boolean;
        };
        ZoneList: {
            availabilityZoneInfo: {
                zoneName: string;
                zoneState: components["schemas"]["ZoneState"];
                hosts: null;
            }[];
        };
        ZoneService: {
            available: boolean;
            active: boolean;
            updated_at: components["schemas"]["NullableNaiveTime"];
        };
        ZoneDetailList: {
            availabilityZoneInfo: {
                zoneName: string;
                zoneState: components["schemas"]["ZoneState"];
                hosts: {
                    [key: string]: {
                        [key: string]: components["schemas"]["ZoneService"];
                    };
                } | null;
            }[];
        };
        AbsoluteLimits: {
            maxTotalInstances: number;
            maxTotalCores: number;
            maxTotalRAMSize: number;
            maxServerMeta: number;
            maxTotalKeypairs: number;
            maxServerGroups: number;
            maxServerGroupMembers: number;
            totalInstancesUsed: number;
            totalCoresUsed: number;
            totalRAMUsed: number;
            totalServerGroupsUsed: number;
            maxTotalFloatingIps: number;
            totalFloatingIpsUsed: number;
            maxSecurityGroups: number;
            maxSecurityGroupRules: number;
            totalSecurityGroupsUsed: number;
            maxImageMeta: number;
            maxPersonality: number;
            maxPersonalitySize: number;
        };
        LimitsDocument: {
            limits: {
                rate: Record<string, never>[];
                absolute: components["schemas"]["AbsoluteLimits"];
            };
        };
        QuotaSet: {
            /** @description The project's */
            id: string;
            instances: number;
            cores: number;
            ram: number;
            metadata_items: number;
            key_pairs: number;
            server_groups: number;
            server_group_members: number;
            fixed_ips: number;
            floating_ips: number;
            security_groups: number;
            security_group_rules: number;
            injected_files: number;
            injected_file_content_bytes: number;
            injected_file_path_bytes: number;
        };
        QuotaSetDocument: {
            quota_set: components["schemas"]["QuotaSet"];
        };
        QuotaInput: number | string;
        QuotaInputs: {
            instances?: components["schemas"]["QuotaInput"];
            cores?: components["schemas"]["QuotaInput"];
            ram?: components["schemas"]["QuotaInput"];
            metadata_items?: components["schemas"]["QuotaInput"];
            key_pairs?: components["schemas"]["QuotaInput"];
            server_groups?: components["schemas"]["QuotaInput"];
            server_group_members?: components["schemas"]["QuotaInput"];
            fixed_ips?: components["schemas"]["QuotaInput"];
            floating_ips?: components["schemas"]["QuotaInput"];
            security_groups?: components["schemas"]["QuotaInput"];
            security_group_rules?: components["schemas"]["QuotaInput"];
            injected_files?: components["schemas"]["QuotaInput"];
            injected_file_content_bytes?: components["schemas"]["QuotaInput"];
            injected_file_path_bytes?: components["schemas"]["QuotaInput"];
            force?: components["schemas"]["LooseBoolean"];
        };
        QuotaSetUpdate: {
            quota_set: components["schemas"]["QuotaInputs"];
        };
        QuotaValues: {
            instances: number;
            cores: number;
            ram: number;
            metadata_items: number;
            key_pairs: number;
            server_groups: number;
            server_group_members: number;
            fixed_ips: number;
            floating_ips: number;
            security_groups: number;
            security_group_rules: number;
            injected_files: number;
            injected_file_content_bytes: number;
            injected_file_path_bytes: number;
        };
        QuotaSetChanged: {
            quota_set: components["schemas"]["QuotaValues"];
        };
        QuotaDetail: {
            in_use: number;
            limit: number;
            /** @constant */
            reserved: 0;
        };
        QuotaDetails: {
            /** @description The project's */
            id: string;
            instances: components["schemas"]["QuotaDetail"];
            cores: components["schemas"]["QuotaDetail"];
            ram: components["schemas"]["QuotaDetail"];
            metadata_items: components["schemas"]["QuotaDetail"];
            key_pairs: components["schemas"]["QuotaDetail"];
            server_groups: components["schemas"]["QuotaDetail"];
            server_group_members: components["schemas"]["QuotaDetail"];
            fixed_ips: components["schemas"]["QuotaDetail"];
            floating_ips: components["schemas"]["QuotaDetail"];
            security_groups: components["schemas"]["QuotaDetail"];
            security_group_rules: components["schemas"]["QuotaDetail"];
            injected_files: components["schemas"]["QuotaDetail"];
            injected_file_content_bytes: components["schemas"]["QuotaDetail"];
            injected_file_path_bytes: components["schemas"]["QuotaDetail"];
        };
        QuotaDetailsDocument: {
            quota_set: components["schemas"]["QuotaDetails"];
        };
        QuotaClass: {
            /** @description The class's */
            id: string;
            instances: number;
            cores: number;
            ram: number;
            metadata_items: number;
            key_pairs: number;
            server_groups: number;
            server_group_members: number;
            fixed_ips: number;
            floating_ips: number;
            security_groups: number;
            security_group_rules: number;
            injected_files: number;
            injected_file_content_bytes: number;
            injected_file_path_bytes: number;
        };
        QuotaClassDocument: {
            quota_class_set: components["schemas"]["QuotaClass"];
        };
        QuotaClassInputs: {
            instances?: components["schemas"]["QuotaInput"];
            cores?: components["schemas"]["QuotaInput"];
            ram?: components["schemas"]["QuotaInput"];
            metadata_items?: components["schemas"]["QuotaInput"];
            key_pairs?: components["schemas"]["QuotaInput"];
            server_groups?: components["schemas"]["QuotaInput"];
            server_group_members?: components["schemas"]["QuotaInput"];
            fixed_ips?: components["schemas"]["QuotaInput"];
            floating_ips?: components["schemas"]["QuotaInput"];
            security_groups?: components["schemas"]["QuotaInput"];
            security_group_rules?: components["schemas"]["QuotaInput"];
            injected_files?: components["schemas"]["QuotaInput"];
            injected_file_content_bytes?: components["schemas"]["QuotaInput"];
            injected_file_path_bytes?: components["schemas"]["QuotaInput"];
        };
        QuotaClassUpdate: {
            quota_class_set: components["schemas"]["QuotaClassInputs"];
        };
        QuotaClassValues: {
            instances: number;
            cores: number;
            ram: number;
            metadata_items: number;
            key_pairs: number;
            server_groups: number;
            server_group_members: number;
            fixed_ips: number;
            floating_ips: number;
            security_groups: number;
            security_group_rules: number;
            injected_files: number;
            injected_file_content_bytes: number;
            injected_file_path_bytes: number;
        };
        QuotaClassChanged: {
            quota_class_set: components["schemas"]["QuotaClassValues"];
        };
        ExtraSpec: {
            [key: string]: string;
        };
        FlavorAccess: {
            flavor_access: {
                flavor_id: string;
                tenant_id: string;
            }[];
        };
        FlavorProject: {
            tenant: string;
        };
        FlavorAction: {
            addTenantAccess?: components["schemas"]["FlavorProject"];
            removeTenantAccess?: components["schemas"]["FlavorProject"];
        };
        /** Format: date-time */
        Time: string;
        Image: {
            id: components["schemas"]["Uuid"];
            name: string;
            /**
             * @description queued: has no content yet; killed: its content was refused
             * @enum {unknown}
             */
            status: "queued" | "importing" | "active" | "killed";
            problem: string | null;
            /** @enum {unknown} */
            visibility: "private" | "public";
            /** @description Project */
            owner: string;
            /** @enum {unknown} */
            disk_format: "qcow2" | "raw";
            /** @description Bytes of the file */
            size: number | null;
            /** @description Bytes that a guest sees */
            virtual_size: number | null;
            sha256: string | null;
            /** @description GiB */
            min_disk: number;
            /** @description MiB */
            min_ram: number;
            /** @description The file of a host; null: the content was uploaded */
            source: {
                host_id: components["schemas"]["Uuid"];
                path: string;
            } | null;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
        };
        ImageList: {
            images: components["schemas"]["Image"][];
        };
        ImageAddition: {
            name: string;
            /**
             * @description What the file is; it is never probed
             * @enum {unknown}
             */
            disk_format: "qcow2" | "raw";
            /**
             * @description public: every project may use it
             * @default private
             * @enum {unknown}
             */
            visibility: "private" | "public";
            /**
             * @description GiB
             * @default 0
             */
            min_disk: number;
            /**
             * @description MiB
             * @default 0
             */
            min_ram: number;
            /** @description Of administrators. The file stays where it is and must not change. */
            source?: {
                /** @description Name, uuid or number */
                host: string;
                pool: string;
                volume: string;
            };
        };
        ImageDocument: {
            image: components["schemas"]["Image"];
        };
        ImageVersions: {
            versions: {
                id: string;
                /** @enum {unknown} */
                status: "CURRENT" | "SUPPORTED";
                links: components["schemas"]["Links"];
            }[];
        };
        /** @description As Glance shows one; further properties stand beside the others */
        ImageV2: {
            id: components["schemas"]["Uuid"];
            name: string;
            /** @enum {unknown} */
            status: "queued" | "saving" | "importing" | "active" | "killed";
            /** @enum {unknown} */
            visibility: "private" | "public";
            owner: string;
            /** @enum {unknown} */
            disk_format: "qcow2" | "raw";
            /** @constant */
            container_format: "bare";
            /** @description Bytes of the file */
            size: number | null;
            /** @description Bytes that a guest sees */
            virtual_size: number | null;
            /** @description MD5 of the file */
            checksum: string | null;
            /** @enum {string|null} */
            os_hash_algo: "sha256" | null;
            os_hash_value: string | null;
            /** @description GiB */
            min_disk: number;
            /** @description MiB */
            min_ram: number;
            protected: boolean;
            os_hidden: boolean;
            tags: string[];
            created_at: components["schemas"]["Instant"];
            updated_at: components["schemas"]["Instant"];
            self: string;
            file: string;
            schema: string;
        } & {
            [key: string]: string;
        };
        ImagePageV2: {
            images: components["schemas"]["ImageV2"][];
            first: string;
            next?: string;
            schema: string;
        };
        ImageCreationV2: {
            id?: components["schemas"]["Uuid"];
            name: string;
            /**
             * @description What the file is; it is never probed
             * @enum {unknown}
             */
            disk_format: "qcow2" | "raw";
            /** @constant */
            container_format?: "bare";
            /**
             * @description public: every project may use it
             * @default private
             * @enum {unknown}
             */
            visibility: "private" | "public";
            /** @description A project; another one than one's own is for administrators */
            owner?: string;
            /**
             * @description GiB
             * @default 0
             */
            min_disk: number;
            /**
             * @description MiB
             * @default 0
             */
            min_ram: number;
            /** @default false */
            protected: boolean;
            /** @default false */
            os_hidden: boolean;
            tags?: string[];
        } & {
            [key: string]: string;
        };
        ImagePatch: {
            /** @enum {unknown} */
            op: "add" | "replace" | "remove";
            path: string;
            value?: unknown;
        }[];
        ImageSchemaDocument: {
            /** @enum {unknown} */
            name: "image" | "images";
            properties: Record<string, never>;
            additionalProperties?: Record<string, never>;
            links?: Record<string, never>[];
        };
        /** @description What is let in. Sender is whoever is in `group`, or in the network `ip_range`; one of the two is empty. */
        SecurityGroupRule: {
            id: components["schemas"]["Uuid"];
            parent_group_id: components["schemas"]["Uuid"];
            /** @enum {unknown} */
            ip_protocol: "tcp" | "udp" | "icmp" | null;
            from_port: number | null;
            to_port: number | null;
            group: {
                name?: string;
                tenant_id?: string;
            };
            ip_range: {
                cidr?: string;
            };
        };
        SecurityGroup: {
            id: components["schemas"]["Uuid"];
            name: string;
            description: string;
            tenant_id: string;
            rules: components["schemas"]["SecurityGroupRule"][];
        };
        SecurityGroupList: {
            security_groups: components["schemas"]["SecurityGroup"][];
        };
        SecurityGroupInput: {
            security_group: {
                name: string;
                description?: string | null;
            };
        };
        SecurityGroupDocument: {
            security_group: components["schemas"]["SecurityGroup"];
        };
        SecurityGroupRuleInput: {
            security_group_rule: {
                parent_group_id: string;
                /** @description tcp, udp or icmp, in any case style */
                ip_protocol?: string | null;
                /** @description For icmp the type, -1 for all */
                from_port?: number | string | null;
                /** @description For icmp the code, -1 for all */
                to_port?: number | string | null;
                /** @description Senders' network, IPv4 or IPv6; 0.0.0.0/0 when neither this nor group_id is given */
                cidr?: string | null;
                /** @description Group whose members are the senders */
                group_id?: string | null;
            };
        };
        SecurityGroupRuleDocument: {
            security_group_rule: components["schemas"]["SecurityGroupRule"];
        };
        ServerFirewall: {
            firewall: {
                /** @description It has been in a security group; what no rule lets in stays out. */
                guarded: boolean;
                /** @description What was asked last is not in force yet. */
                pending: boolean;
                /** @description Why not; it is tried again by itself. */
                problem: string | null;
            };
        };
        Attachment: {
            id?: components["schemas"]["Uuid"];
            volumeId: components["schemas"]["Uuid"];
            serverId: components["schemas"]["Uuid"];
            device: string;
            tag?: string | null;
            delete_on_termination?: boolean;
            attachment_id?: components["schemas"]["Uuid"];
            bdm_uuid?: components["schemas"]["Uuid"];
        };
        AttachmentList: {
            volumeAttachments: components["schemas"]["Attachment"][];
        };
        AttachmentRequest: {
            volumeAttachment: {
                volumeId: components["schemas"]["Uuid"];
                /** @description Name wanted in the guest; the first free one when it is left out */
                device?: string | null;
                tag?: string;
                delete_on_termination?: boolean;
            };
        };
        NewAttachment: {
            volumeAttachment: {
                id: components["schemas"]["Uuid"];
                volumeId: components["schemas"]["Uuid"];
                serverId: components["schemas"]["Uuid"];
                device: string;
                tag?: string | null;
                delete_on_termination?: boolean;
            };
        };
        AttachmentDocument: {
            volumeAttachment: components["schemas"]["Attachment"];
        };
        AttachmentUpdate: {
            volumeAttachment: {
                volumeId: components["schemas"]["Uuid"];
                id?: components["schemas"]["Uuid"];
                serverId?: components["schemas"]["Uuid"];
                device?: string | null;
                tag?: string;
                delete_on_termination?: boolean;
            };
        };
        /** @description What networks that guests know by one name elsewhere are called on this host; both sides as type:name, of one type */
        NetworkMap: {
            [key: string]: string;
        };
        Pool: {
            name: string;
            type: string;
            active: boolean;
            path: string | null;
            capacity_bytes: number;
            available_bytes: number;
        };
        HostFacts: {
            hostname: string;
            host_uuid: string;
            hypervisor_type: string;
            /** @description 7.2.0 */
            hypervisor_version: string;
            libvirt_version: string;
            arch: string;
            cpu_model: string | null;
            cpus: number;
            memory_total_mib: number;
            memory_available_mib: number;
            pools: components["schemas"]["Pool"][];
            networks: {
                name: string;
                active: boolean;
                bridge: string | null;
            }[];
            bridges: string[];
            uptime_seconds: number | null;
        };
        /** Format: date-time */
        NullableTime: string | null;
        Host: {
            id: components["schemas"]["Uuid"];
            number: number;
            name: string;
            address: string;
            port: number;
            user: string;
            host_key: string;
            fingerprint: string;
            uri: string;
            migration_address: string;
            network_map: components["schemas"]["NetworkMap"];
            /** @enum {unknown} */
            state: "adding" | "up" | "down" | "quarantined";
            problem: string | null;
            enabled: boolean;
            disabled_reason: string | null;
            forced_down: boolean;
            /** @description How many servers it holds */
            servers: number;
            facts: components["schemas"]["HostFacts"] | null;
            last_seen_at: components["schemas"]["NullableTime"];
            created_at: components["schemas"]["Time"];
        };
        HostList: {
            hosts: components["schemas"]["Host"][];
        };
        HostAddition: {
            /** @description Without it the host's own name */
            name?: components["schemas"]["HostName"];
            address: string;
            /** @default 22 */
            port: number;
            /** @default root */
            user: string;
            /** @description The SSH host key to pin, as in `ssh-ed25519 AAAA...`; a trailing comment is not part of it */
            host_key: string;
            /** @description For memory and disk streams; the address when absent */
            migration_address?: string;
            /**
             * @default qemu:///system
             * @enum {string}
             */
            uri: "qemu:///system" | "xen:///system";
            network_map?: components["schemas"]["NetworkMap"];
        };
        HostDocument: {
            host: components["schemas"]["Host"];
        };
        HostScan: {
            address: string;
            /** @default 22 */
            port: number;
        };
        OfferedKeys: {
            keys: {
                type: string;
                /** @description As POST /ferry/v1/hosts takes it */
                host_key: string;
                /** @description SHA256:... as ssh-keygen -lf prints it */
                fingerprint: string;
            }[];
        };
        HostChange: {
            /** @description Entries to set; null takes one out, the others stay */
            network_map: {
                [key: string]: string | null;
            };
        };
        CheckResult: {
            /** @description Stable key */
            check: string;
            /** @enum {unknown} */
            verdict: "pass" | "warn" | "fail" | "unknown";
            sentence: string;
            remedy: string | null;
        };
        HostCheck: {
            host_id: components["schemas"]["Uuid"];
            passes: boolean;
            checks: components["schemas"]["CheckResult"][];
        };
        Fence: {
            boot_id: string;
            /** @enum {unknown} */
            method: "manual" | "ipmi" | "power-off";
            note: string;
            user_id: string;
            fenced_at: components["schemas"]["Time"];
            in_force: boolean;
            ended_at: components["schemas"]["NullableTime"];
            /**
             * @description The host was seen again: in another boot, in the same one, or without telling which
             * @enum {unknown}
             */
            end_reason: "restarted" | "never-dead" | "answers" | null;
        };
        FenceDocument: {
            host_id: components["schemas"]["Uuid"];
            /** @description The last boot of the host that ferry has seen */
            boot_id: string | null;
            fence: components["schemas"]["Fence"] | null;
        };
        FenceRequest: {
            /**
             * @description How it was made sure that the host is off
             * @enum {unknown}
             */
            method: "manual" | "ipmi" | "power-off";
            /** @description Who did what; for those who read it later */
            note: string;
            /** @description The boot that ended, as `GET` gives it: a fence never covers a later one */
            boot_id: components["schemas"]["Uuid"];
        };
        HostedPool: {
            host_id: components["schemas"]["Uuid"];
            host: string;
            name: string;
            /** @description libvirt's type of the pool */
            kind: string;
            active: boolean;
            /** @description Directory of its volumes; null for a pool without one */
            path: string | null;
            /** @description As it was while the pool ran */
            capacity_bytes: number;
            available_bytes: number;
        };
        PoolList: {
            pools: components["schemas"]["HostedPool"][];
        };
        PoolName: string;
        AbsolutePath: string;
        /** @description A directory of the host; it is made when it is not there */
        DirectorySource: {
            /** @constant */
            kind: "dir";
            path: components["schemas"]["AbsolutePath"];
        };
        ServerAddress: string;
        /** @description An NFS export that the host's kernel mounts at the path */
        NfsSource: {
            /** @constant */
            kind: "netfs";
            path: components["schemas"]["AbsolutePath"];
            server: components["schemas"]["ServerAddress"];
            export: components["schemas"]["AbsolutePath"];
        };
        /** @description An LVM volume group that exists */
        LogicalSource: {
            /** @constant */
            kind: "logical";
            volume_group: string;
        };
        Port: number;
        IscsiName: string;
        /** @description With which secret of the host's libvirt to log in; ferry never holds its value */
        PoolLogin: {
            user: string;
            secret: components["schemas"]["Uuid"];
        };
        /** @description A target that libvirt's own initiator logs in to; its volumes are the LUNs */
        IscsiSource: {
            /** @constant */
            kind: "iscsi-direct";
            server: components["schemas"]["ServerAddress"];
            port?: components["schemas"]["Port"];
            target: components["schemas"]["IscsiName"];
            initiator: components["schemas"]["IscsiName"];
            login?: components["schemas"]["PoolLogin"];
        };
        /** @description A pool of a Ceph cluster; its volumes are images */
        RbdSource: {
            /** @constant */
            kind: "rbd";
            monitors: {
                name: components["schemas"]["ServerAddress"];
                port?: components["schemas"]["Port"];
            }[];
            rbd_pool: string;
            login?: components["schemas"]["PoolLogin"];
        };
        PoolDefinition: {
            /** @description Uuid, number or name */
            host: string;
            name: components["schemas"]["PoolName"];
            source: components["schemas"]["DirectorySource"] | components["schemas"]["NfsSource"] | components["schemas"]["LogicalSource"] | components["schemas"]["IscsiSource"] | components["schemas"]["RbdSource"];
        };
        PoolDocument: {
            pool: components["schemas"]["HostedPool"];
        };
        PoolSwitch: {
            active: boolean;
        };
        /** @enum {unknown} */
        VolumeFormat: "qcow2" | "raw";
        Volume: {
            id: components["schemas"]["Uuid"];
            name: string | null;
            /** @enum {unknown} */
            status: "creating" | "available" | "attaching" | "in-use" | "detaching" | "deleting" | "error";
            /** @description What failed last */
            problem: string | null;
            /** @description GiB */
            size: number;
            format: components["schemas"]["VolumeFormat"];
            /** @constant */
            bootable: "false";
            /** @constant */
            multiattach: false;
            project_id: string;
            /** @description For administrators; null for others */
            host: string | null;
            pool: string;
            /** @description Its name in the pool */
            volume_name: string;
            /** @description For administrators; null for others and for what is no path */
            path: string | null;
            attachments: {
                attachment_id: components["schemas"]["Uuid"];
                server_id: components["schemas"]["Uuid"];
                volume_id: components["schemas"]["Uuid"];
                device: string;
            }[];
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
        };
        VolumeList: {
            volumes: components["schemas"]["Volume"][];
        };
        VolumeName: string | null;
        /** @description Uuid, number or name */
        HostKey: string;
        VolumeRequest: {
            name?: components["schemas"]["VolumeName"];
            host: components["schemas"]["HostKey"];
            pool: components["schemas"]["PoolName"];
            /** @description GiB */
            size: number;
            /**
             * @description raw where the pool does not hold files
             * @default raw
             */
            format: components["schemas"]["VolumeFormat"];
        };
        VolumeDocument: {
            volume: components["schemas"]["Volume"];
        };
        VolumeAdoption: {
            name?: components["schemas"]["VolumeName"];
            host: components["schemas"]["HostKey"];
            pool: components["schemas"]["PoolName"];
            /** @description Its name in the pool */
            volume_name: components["schemas"]["PoolName"];
            /** @description What it is; ferry never probes */
            format: components["schemas"]["VolumeFormat"];
            /** @description Whose it is to be; without it the token's project */
            project_id?: string;
        };
        PreflightRequest: {
            /** @description The destination, or null for every host that may be one */
            host: components["schemas"]["HostName"] | null;
            /**
             * @default auto
             * @enum {unknown}
             */
            block_migration: true | false | "auto";
            /** @default false */
            disk_over_commit: boolean;
            /** @default false */
            force: boolean;
            /**
             * @default auto
             * @enum {unknown}
             */
            transport: "auto" | "p2p" | "direct";
            /**
             * @default live
             * @enum {unknown}
             */
            mode: "live" | "cold" | "saved" | "offline";
            /**
             * @default as-is
             * @enum {unknown}
             */
            leave: "as-is" | "running" | "paused";
            /** @default false */
            keep_source: boolean;
            /** @default false */
            tunnelled: boolean;
            /** @default false */
            unsafe_cache: boolean;
        };
        /** @description The command of virsh that makes the same move, to be read; null where there is none */
        Virsh: string | null;
        Preflight: {
            server_id: components["schemas"]["Uuid"];
            /** @description The host that a migration without a named host would take */
            chosen: string | null;
            candidates: {
                host: {
                    id: components["schemas"]["Uuid"];
                    name: string;
                };
                passes: boolean;
                checks: components["schemas"]["CheckResult"][];
                virsh: components["schemas"]["Virsh"];
            }[];
        };
        /** @description What a live move leaves behind, and what it may do without */
        Outcome: {
            /**
             * @description The guest after the move
             * @enum {unknown}
             */
            leave: "as-is" | "running" | "paused";
            /** @description The source keeps the definition, off, and the disks that were copied */
            keep_source: boolean;
            /** @description The memory goes inside the SSH connection of the two libvirts; no disks can be copied */
            tunnelled: boolean;
            /** @description Consent to shared disks that a host caches */
            unsafe_cache: boolean;
        };
        NullableNumber: number | null;
        Progress: {
            /** @enum {unknown} */
            phase: "check" | "setup" | "migrate" | "cleanup";
            step: string;
            memory_total_bytes: components["schemas"]["NullableNumber"];
            memory_processed_bytes: components["schemas"]["NullableNumber"];
            memory_remaining_bytes: components["schemas"]["NullableNumber"];
            disk_total_bytes: components["schemas"]["NullableNumber"];
            disk_processed_bytes: components["schemas"]["NullableNumber"];
            disk_remaining_bytes: components["schemas"]["NullableNumber"];
            bytes_per_second: components["schemas"]["NullableNumber"];
            remaining_ms: components["schemas"]["NullableNumber"];
            iteration: components["schemas"]["NullableNumber"];
            disks: {
                target: string;
                total_bytes: components["schemas"]["NullableNumber"];
                done_bytes: components["schemas"]["NullableNumber"];
                ready: boolean;
            }[];
        };
        Summary: {
            /** @enum {unknown} */
            transport: "p2p" | "direct";
            total_ms: components["schemas"]["NullableNumber"];
            downtime_ms: components["schemas"]["NullableNumber"];
            memory_bytes: components["schemas"]["NullableNumber"];
            disk_bytes: components["schemas"]["NullableNumber"];
        };
        Step: {
            name: string;
            /** @enum {unknown} */
            phase: "check" | "setup" | "migrate" | "cleanup";
            /** @enum {unknown} */
            state: "started" | "done" | "failed" | "undone" | "undo-failed";
            problem: string | null;
            attempts: number;
            started_at: components["schemas"]["Time"];
            ended_at: components["schemas"]["NullableTime"];
        };
        ferry_Migration: {
            id: components["schemas"]["Uuid"];
            /** @description The id of Nova's API */
            number: number;
            server_id: components["schemas"]["Uuid"];
            server_name: string;
            /** @enum {unknown} */
            migration_type: "live-migration" | "migration" | "evacuation";
            /** @enum {unknown} */
            mode: "live" | "cold" | "saved" | "offline" | "evacuate";
            status: components["schemas"]["Status"];
            source_host: string | null;
            requested_host: string | null;
            destination_host: string | null;
            /** @enum {unknown} */
            block_migration: true | false | "auto";
            disk_over_commit: boolean | null;
            force: boolean;
            transport_asked: string;
            transport: string | null;
            bandwidth_mibps: number;
            outcome: components["schemas"]["Outcome"];
            virsh: components["schemas"]["Virsh"];
            abort_requested_at: components["schemas"]["NullableTime"];
            handed_over_at: components["schemas"]["NullableTime"];
            problem: null | {
                code: string | null;
                sentence: string;
            };
            checks: components["schemas"]["CheckResult"][];
            progress: components["schemas"]["Progress"] | null;
            summary: components["schemas"]["Summary"] | null;
            steps: components["schemas"]["Step"][];
            pending_work: boolean;
            request_id: string;
            project_id: string;
            user_id: string;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
            ended_at: components["schemas"]["NullableTime"];
        };
        MigrationDocument: {
            migration: components["schemas"]["ferry_Migration"];
        };
        StreamEvent: {
            id?: string;
            kind: string;
            server_id: string | null;
            migration_id: string | null;
            host_id: string | null;
            data: Record<string, never>;
            created_at: components["schemas"]["Time"];
        };
        Health: {
            /** @enum {unknown} */
            status: "ok" | "failing";
            /** @enum {unknown} */
            database: "ok" | "failing";
        };
    };
    responses: {
        /** @description The body is not an authentication request. */
        IdentityBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["IdentityFault"];
            };
        };
        /** @description No token, an unknown one, or one that has expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["IdentityFault"];
            };
        };
        /** @description No such token. */
        IdentityNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["IdentityFault"];
            };
        };
        /** @description Too many wrong passwords; Retry-After says when to try again. */
        IdentityTooMany: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["IdentityFault"];
            };
        };
        /** @description The token's roles do not allow this. */
        IdentityForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["IdentityFault"];
            };
        };
        /** @description Another one has that name, or it owns something. */
        IdentityConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["IdentityFault"];
            };
        };
        /** @description The request is malformed, names something unknown, or a check refused it. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The token's roles do not allow this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The thing is in a state that forbids this now. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description No such thing, or none that this token may see. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description ferry never does it, as a Nova whose driver lacks it. */
        NotSupported: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description A host or a worker that is needed does not answer. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description Nova had this once; it has been retired. */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The body is of another type than this operation takes. */
        UnsupportedMedia: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
    };
    parameters: {
        subject: string;
        userId: string;
        credentialId: string;
        projectId: string;
        roleId: string;
        domainId: string;
        regionId: string;
        catalogServiceId: string;
        endpointId: string;
        /** @description Regular expression, not anchored */
        name: string;
        status: string[];
        image: string;
        flavor: string;
        ip: string;
        ip6: string;
        reservationId: string;
        changesSince: string;
        changesBefore: string;
        tags: string;
        tagsAny: string;
        notTags: string;
        notTagsAny: string;
        allTenants: string;
        tenantId: string;
        "filters-projectId": string;
        host: string;
        node: string;
        uuid: string[];
        "filters-userId": string;
        vmState: string[];
        taskState: string[];
        powerState: string;
        availabilityZone: string;
        keyName: string;
        displayName: string;
        description: string;
        displayDescription: string;
        hostname: string;
        accessIPv4: string;
        accessIPv6: string;
        autoDiskConfig: components["schemas"]["LooseBoolean"];
        configDrive: string;
        imageRef: string;
        instanceTypeId: string;
        kernelId: string;
        ramdiskId: string;
        launchIndex: string;
        lockedBy: string;
        progress: string;
        rootDeviceName: string;
        createdAt: string;
        launchedAt: string;
        terminatedAt: string;
        softDeleted: string;
        deleted: string;
        locked: components["schemas"]["LooseBoolean"];
        limit: components["schemas"]["NonNegativeText"];
        marker: string;
        sortKey: ("access_ip_v4" | "access_ip_v6" | "auto_disk_config" | "availability_zone" | "config_drive" | "created_at" | "display_description" | "display_name" | "host" | "hostname" | "image_ref" | "instance_type_id" | "kernel_id" | "key_name" | "launch_index" | "launched_at" | "locked" | "locked_by" | "node" | "power_state" | "progress" | "project_id" | "ramdisk_id" | "root_device_name" | "task_state" | "terminated_at" | "updated_at" | "user_id" | "uuid" | "vm_state")[];
        sortDir: ("asc" | "desc")[];
        serverId: string;
        tagInPath: string;
        portId: string;
        migrationNumber: string;
        flavorId: string;
        /** @description Whose; of administrators, else the caller's own */
        keypairs_userId: string;
        keyPairName: string;
        groupId: string;
        /** @description Now when it is left out */
        start: string;
        /** @description Now when it is left out */
        end: string;
        /** @description Servers */
        "tenant-usage_limit": components["schemas"]["NonNegativeText"];
        /** @description Id of the last server of the page before */
        "tenant-usage_marker": string;
        aggregateId: string;
        /** @description Every user has the quotas of the project; they cannot be changed for one */
        quotas_userId: string;
        /** @description The only one is `default` */
        quotaClass: string;
        specKey: string;
        /** @description Uuid */
        imageId: string;
        imageTag: string;
        "security-groups_groupId": string;
        /** @description Uuid, number or name */
        hostId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listVersions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionList"];
                };
            };
        };
    };
    showVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDocument"];
                };
            };
        };
    };
    showLegacyVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDocument"];
                };
            };
        };
    };
    listIdentityVersions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One version to choose from */
            300: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        versions: {
                            values: components["schemas"]["IdentityVersion"][];
                        };
                    };
                };
            };
        };
    };
    showIdentityVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: components["schemas"]["IdentityVersion"];
                    };
                };
            };
        };
    };
    validateToken: {
        parameters: {
            query?: {
                nocatalog?: string;
            };
            header: {
                "X-Subject-Token": components["parameters"]["subject"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenDocument"];
                };
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    issueToken: {
        parameters: {
            query?: {
                nocatalog?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Issued */
            201: {
                headers: {
                    "X-Subject-Token"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenDocument"];
                };
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["IdentityTooMany"];
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header: {
                "X-Subject-Token": components["parameters"]["subject"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    checkToken: {
        parameters: {
            query?: never;
            header: {
                "X-Subject-Token": components["parameters"]["subject"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No subject is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller's own token is not */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is not */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listAuthProjects: {
        parameters: {
            query?: {
                name?: components["schemas"]["Name"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Projects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        projects: components["schemas"]["Project"][];
                        links: components["schemas"]["ListLinks"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    listAuthCatalog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Catalog */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        catalog: components["schemas"]["CatalogEntry"][];
                        links: components["schemas"]["ListLinks"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    listAuthDomains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Domains */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    listAuthSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The system, or nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                name?: components["schemas"]["Name"];
                enabled?: string;
                domain_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Users */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCreation"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDocument"];
                };
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
            409: components["responses"]["IdentityConflict"];
        };
    };
    showUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
            409: components["responses"]["IdentityConflict"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserUpdate"];
            };
        };
        responses: {
            /** @description The user as he is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDocument"];
                };
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
            409: components["responses"]["IdentityConflict"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Replaced; tokens have ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
            429: components["responses"]["IdentityTooMany"];
        };
    };
    listUserProjects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Projects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    listApplicationCredentials: {
        parameters: {
            query?: {
                name?: components["schemas"]["Name"];
            };
            header?: never;
            path: {
                user_id: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Credentials */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    createApplicationCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CredentialCreation"];
            };
        };
        responses: {
            /** @description Made; the secret is told once, here */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialWithSecret"];
                };
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
            409: components["responses"]["IdentityConflict"];
        };
    };
    showApplicationCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["userId"];
                application_credential_id: components["parameters"]["credentialId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The credential */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    deleteApplicationCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: components["parameters"]["userId"];
                application_credential_id: components["parameters"]["credentialId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    listProjects: {
        parameters: {
            query?: {
                name?: components["schemas"]["Name"];
                enabled?: string;
                domain_id?: string;
                parent_id?: string;
                is_domain?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Projects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                };
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectCreation"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectDocument"];
                };
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            409: components["responses"]["IdentityConflict"];
        };
    };
    showProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    deleteProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
            409: components["responses"]["IdentityConflict"];
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectUpdate"];
            };
        };
        responses: {
            /** @description The project as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectDocument"];
                };
            };
            400: components["responses"]["IdentityBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
            409: components["responses"]["IdentityConflict"];
        };
    };
    listUserRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
                user_id: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Roles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    assignRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
                user_id: components["parameters"]["userId"];
                role_id: components["parameters"]["roleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description He has it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    unassignRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
                user_id: components["parameters"]["userId"];
                role_id: components["parameters"]["roleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description He has it no more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    checkRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
                user_id: components["parameters"]["userId"];
                role_id: components["parameters"]["roleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description He has it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No good token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not for this caller */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is not there */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listRoles: {
        parameters: {
            query?: {
                name?: components["schemas"]["Name"];
                domain_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Roles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
        };
    };
    showRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role_id: components["parameters"]["roleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The role */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    listRoleAssignments: {
        parameters: {
            query?: {
                "user.id"?: string;
                "scope.project.id"?: string;
                "role.id"?: string;
                "group.id"?: string;
                "scope.domain.id"?: string;
                "scope.system"?: string;
                include_names?: string;
                effective?: string;
                include_subtree?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Assignments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
        };
    };
    listDomains: {
        parameters: {
            query?: {
                name?: string;
                enabled?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Domains */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    showDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                domain_id: components["parameters"]["domainId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The domain */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    listRegions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Regions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    showRegion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                region_id: components["parameters"]["regionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The region */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    listCatalogServices: {
        parameters: {
            query?: {
                name?: string;
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Services */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogServiceList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
        };
    };
    showCatalogService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                service_id: components["parameters"]["catalogServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogServiceDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    listEndpoints: {
        parameters: {
            query?: {
                interface?: string;
                service_id?: string;
                region_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Endpoints */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
        };
    };
    showEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: components["parameters"]["endpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["IdentityForbidden"];
            404: components["responses"]["IdentityNotFound"];
        };
    };
    listServers: {
        parameters: {
            query?: {
                /** @description Regular expression, not anchored */
                name?: components["parameters"]["name"];
                status?: components["parameters"]["status"];
                image?: components["parameters"]["image"];
                flavor?: components["parameters"]["flavor"];
                ip?: components["parameters"]["ip"];
                ip6?: components["parameters"]["ip6"];
                reservation_id?: components["parameters"]["reservationId"];
                "changes-since"?: components["parameters"]["changesSince"];
                "changes-before"?: components["parameters"]["changesBefore"];
                tags?: components["parameters"]["tags"];
                "tags-any"?: components["parameters"]["tagsAny"];
                "not-tags"?: components["parameters"]["notTags"];
                "not-tags-any"?: components["parameters"]["notTagsAny"];
                all_tenants?: components["parameters"]["allTenants"];
                tenant_id?: components["parameters"]["tenantId"];
                project_id?: components["parameters"]["filters-projectId"];
                host?: components["parameters"]["host"];
                node?: components["parameters"]["node"];
                uuid?: components["parameters"]["uuid"];
                user_id?: components["parameters"]["filters-userId"];
                vm_state?: components["parameters"]["vmState"];
                task_state?: components["parameters"]["taskState"];
                power_state?: components["parameters"]["powerState"];
                availability_zone?: components["parameters"]["availabilityZone"];
                key_name?: components["parameters"]["keyName"];
                display_name?: components["parameters"]["displayName"];
                description?: components["parameters"]["description"];
                display_description?: components["parameters"]["displayDescription"];
                hostname?: components["parameters"]["hostname"];
                access_ip_v4?: components["parameters"]["accessIPv4"];
                access_ip_v6?: components["parameters"]["accessIPv6"];
                auto_disk_config?: components["parameters"]["autoDiskConfig"];
                config_drive?: components["parameters"]["configDrive"];
                image_ref?: components["parameters"]["imageRef"];
                instance_type_id?: components["parameters"]["instanceTypeId"];
                kernel_id?: components["parameters"]["kernelId"];
                ramdisk_id?: components["parameters"]["ramdiskId"];
                launch_index?: components["parameters"]["launchIndex"];
                locked_by?: components["parameters"]["lockedBy"];
                progress?: components["parameters"]["progress"];
                root_device_name?: components["parameters"]["rootDeviceName"];
                created_at?: components["parameters"]["createdAt"];
                launched_at?: components["parameters"]["launchedAt"];
                terminated_at?: components["parameters"]["terminatedAt"];
                soft_deleted?: components["parameters"]["softDeleted"];
                deleted?: components["parameters"]["deleted"];
                locked?: components["parameters"]["locked"];
                limit?: components["parameters"]["limit"];
                marker?: components["parameters"]["marker"];
                sort_key?: components["parameters"]["sortKey"];
                sort_dir?: components["parameters"]["sortDir"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Servers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    createServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServerCreation"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedServer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
        };
    };
    listServersDetail: {
        parameters: {
            query?: {
                /** @description Regular expression, not anchored */
                name?: components["parameters"]["name"];
                status?: components["parameters"]["status"];
                image?: components["parameters"]["image"];
                flavor?: components["parameters"]["flavor"];
                ip?: components["parameters"]["ip"];
                ip6?: components["parameters"]["ip6"];
                reservation_id?: components["parameters"]["reservationId"];
                "changes-since"?: components["parameters"]["changesSince"];
                "changes-before"?: components["parameters"]["changesBefore"];
                tags?: components["parameters"]["tags"];
                "tags-any"?: components["parameters"]["tagsAny"];
                "not-tags"?: components["parameters"]["notTags"];
                "not-tags-any"?: components["parameters"]["notTagsAny"];
                all_tenants?: components["parameters"]["allTenants"];
                tenant_id?: components["parameters"]["tenantId"];
                project_id?: components["parameters"]["filters-projectId"];
                host?: components["parameters"]["host"];
                node?: components["parameters"]["node"];
                uuid?: components["parameters"]["uuid"];
                user_id?: components["parameters"]["filters-userId"];
                vm_state?: components["parameters"]["vmState"];
                task_state?: components["parameters"]["taskState"];
                power_state?: components["parameters"]["powerState"];
                availability_zone?: components["parameters"]["availabilityZone"];
                key_name?: components["parameters"]["keyName"];
                display_name?: components["parameters"]["displayName"];
                description?: components["parameters"]["description"];
                display_description?: components["parameters"]["displayDescription"];
                hostname?: components["parameters"]["hostname"];
                access_ip_v4?: components["parameters"]["accessIPv4"];
                access_ip_v6?: components["parameters"]["accessIPv6"];
                auto_disk_config?: components["parameters"]["autoDiskConfig"];
                config_drive?: components["parameters"]["configDrive"];
                image_ref?: components["parameters"]["imageRef"];
                instance_type_id?: components["parameters"]["instanceTypeId"];
                kernel_id?: components["parameters"]["kernelId"];
                ramdisk_id?: components["parameters"]["ramdiskId"];
                launch_index?: components["parameters"]["launchIndex"];
                locked_by?: components["parameters"]["lockedBy"];
                progress?: components["parameters"]["progress"];
                root_device_name?: components["parameters"]["rootDeviceName"];
                created_at?: components["parameters"]["createdAt"];
                launched_at?: components["parameters"]["launchedAt"];
                terminated_at?: components["parameters"]["terminatedAt"];
                soft_deleted?: components["parameters"]["softDeleted"];
                deleted?: components["parameters"]["deleted"];
                locked?: components["parameters"]["locked"];
                limit?: components["parameters"]["limit"];
                marker?: components["parameters"]["marker"];
                sort_key?: components["parameters"]["sortKey"];
                sort_dir?: components["parameters"]["sortDir"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Servers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerDetailList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    updateServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServerUpdate"];
            };
        };
        responses: {
            /** @description The server as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdatedServer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted; the server is gone once it answers 404. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    serverAction: {
        parameters: {
            query?: never;
            header?: {
                /** @description How memory and disks travel; ferry's own addition. Without it ferry chooses. */
                "X-Ferry-Transport"?: "auto" | "p2p" | "direct";
                /** @description The guest after `os-migrateLive`; ferry's own addition, for administrators. Without it the guest stays as it was. */
                "X-Ferry-Leave"?: "as-is" | "running" | "paused";
                /** @description Whether the source keeps the definition, off, and the disks that `os-migrateLive` copies; for administrators. */
                "X-Ferry-Keep-Source"?: "true" | "false";
                /** @description Whether the memory goes inside the SSH connection of the two libvirts, which copies no disks; for administrators. */
                "X-Ferry-Tunnelled"?: "true" | "false";
                /** @description Consent to shared disks that a host caches, which the record keeps; for administrators. */
                "X-Ferry-Unsafe-Cache"?: "true" | "false";
                /** @description How `migrate` moves; ferry's own addition. Without it, cold. */
                "X-Ferry-Mode"?: "cold" | "saved" | "offline";
            };
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServerAction"];
            };
        };
        responses: {
            /** @description Accepted; Nova's answer to evacuate. */
            200: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Accepted; no body, but for rebuild. Location is there for moves, and names the server after rebuild. */
            202: {
                headers: {
                    Location?: string;
                    /** @description Why the checks have refused the move already; the migration is in error. */
                    "X-Ferry-Refusal"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null | components["schemas"]["RebuiltServer"];
                };
            };
            /** @description Accepted; Nova's answer to confirmResize. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotSupported"];
        };
    };
    listServerMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    replaceServerMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MetadataDocument"];
            };
        };
        responses: {
            /** @description All of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    updateServerMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MetadataDocument"];
            };
        };
        responses: {
            /** @description All of it, as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    showServerMetadataItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataItem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    updateServerMetadataItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MetadataItem"];
            };
        };
        responses: {
            /** @description The item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataItem"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    deleteServerMetadataItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    listServerTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagsDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    replaceServerTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagsDocument"];
            };
        };
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagsDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    deleteServerTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    checkServerTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                tag: components["parameters"]["tagInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    addServerTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                tag: components["parameters"]["tagInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Added */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was there */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    deleteServerTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                tag: components["parameters"]["tagInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    listServerAddresses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By network */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressesDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    showServerAddresses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                network_label: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Of that network */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkAddresses"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listServerInterfaces: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As its definition has them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    attachServerInterface: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCard"];
            };
        };
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotSupported"];
        };
    };
    showServerInterface: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                port_id: components["parameters"]["portId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The card */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    detachServerInterface: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                port_id: components["parameters"]["portId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotSupported"];
        };
    };
    showServerPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description None */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    clearServerPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is none */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    showServerTopology: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description None */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Topology"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    showServerDiagnostics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnostics"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRemoteConsole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConsole"];
            };
        };
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listServerMigrations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most one migration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerMigrationList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    showServerMigration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                migration_id: components["parameters"]["migrationNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The migration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerMigrationDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    abortServerMigration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                migration_id: components["parameters"]["migrationNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The abort is on its way; no body. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    listMigrations: {
        parameters: {
            query?: {
                status?: string;
                /** @description Source or destination */
                host?: string;
                source_compute?: string;
                instance_uuid?: string;
                migration_type?: string;
                hidden?: string;
                limit?: components["schemas"]["NonNegativeText"];
                marker?: components["schemas"]["Uuid"];
                "changes-since"?: string;
                "changes-before"?: string;
                user_id?: string;
                project_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Migrations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listHypervisors: {
        parameters: {
            query?: {
                limit?: components["schemas"]["NonNegativeText"];
                marker?: string;
                hypervisor_hostname_pattern?: string;
                with_servers?: components["schemas"]["LooseBoolean"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hosts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HypervisorList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listHypervisorsDetail: {
        parameters: {
            query?: {
                limit?: components["schemas"]["NonNegativeText"];
                marker?: string;
                hypervisor_hostname_pattern?: string;
                with_servers?: components["schemas"]["LooseBoolean"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hosts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HypervisorDetailList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    showHypervisorStatistics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What all enabled hosts have and use */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatisticsDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showHypervisorUptime: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hypervisor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How long a host has been up, in the words of the command uptime */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UptimeDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotSupported"];
        };
    };
    searchHypervisors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The text */
                hypervisor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hosts whose hostname has a text in it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HypervisorList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listHypervisorServers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The text */
                hypervisor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same hosts with their servers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HypervisorServersList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    showHypervisor: {
        parameters: {
            query?: {
                with_servers?: components["schemas"]["LooseBoolean"];
            };
            header?: never;
            path: {
                hypervisor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The host */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HypervisorDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listServices: {
        parameters: {
            query?: {
                host?: string;
                binary?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Services */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    updateService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceUpdate_2_1"] | components["schemas"]["ServiceUpdate_2_11"] | components["schemas"]["ServiceUpdate_2_53"];
            };
        };
        responses: {
            /** @description The service as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forgotten */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    listInstanceActions: {
        parameters: {
            query?: {
                limit?: components["schemas"]["NonNegativeText"];
                marker?: string;
                "changes-since"?: string;
                "changes-before"?: string;
            };
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Actions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceActionList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    showInstanceAction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The action */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceActionDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listFlavors: {
        parameters: {
            query?: {
                /** @description Of administrators: true, false, or None for both */
                is_public?: string;
                /** @description MiB */
                minRam?: components["schemas"]["NonNegativeText"];
                /** @description GiB */
                minDisk?: components["schemas"]["NonNegativeText"];
                limit?: components["schemas"]["NonNegativeText"];
                /** @description Id of the last flavor of the page before */
                marker?: string;
                /** @description Without it, flavorid */
                sort_key?: components["schemas"]["SortKey"];
                sort_dir?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Flavors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlavorList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    createFlavor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlavorCreation"];
            };
        };
        responses: {
            /** @description Made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlavorDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
        };
    };
    listFlavorsDetail: {
        parameters: {
            query?: {
                /** @description Of administrators: true, false, or None for both */
                is_public?: string;
                /** @description MiB */
                minRam?: components["schemas"]["NonNegativeText"];
                /** @description GiB */
                minDisk?: components["schemas"]["NonNegativeText"];
                limit?: components["schemas"]["NonNegativeText"];
                /** @description Id of the last flavor of the page before */
                marker?: string;
                /** @description Without it, flavorid */
                sort_key?: components["schemas"]["SortKey"];
                sort_dir?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Flavors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlavorDetailList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    showFlavor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The flavor */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlavorDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    updateFlavor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlavorUpdate"];
            };
        };
        responses: {
            /** @description The flavor */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlavorDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteFlavor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listFlavorExtraSpecs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Extra specs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtraSpecs"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    setFlavorExtraSpecs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtraSpecsChange"];
            };
        };
        responses: {
            /** @description Those that were named */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtraSpecs"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listKeyPairs: {
        parameters: {
            query?: {
                /** @description Whose; of administrators, else the caller's own */
                user_id?: components["parameters"]["keypairs_userId"];
                limit?: components["schemas"]["NonNegativeText"];
                /** @description Name of the last key pair of the page before */
                marker?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Key pairs, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPairList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    createKeyPair: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyPairCreation"];
            };
        };
        responses: {
            /** @description Kept, below 2.2 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKeyPair"];
                };
            };
            /** @description Kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKeyPair"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
        };
    };
    showKeyPair: {
        parameters: {
            query?: {
                /** @description Whose; of administrators, else the caller's own */
                user_id?: components["parameters"]["keypairs_userId"];
            };
            header?: never;
            path: {
                keypair_name: components["parameters"]["keyPairName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key pair */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPairDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteKeyPair: {
        parameters: {
            query?: {
                /** @description Whose; of administrators, else the caller's own */
                user_id?: components["parameters"]["keypairs_userId"];
            };
            header?: never;
            path: {
                keypair_name: components["parameters"]["keyPairName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted, below 2.2 */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listServerGroups: {
        parameters: {
            query?: {
                /** @description Of all projects; for administrators */
                all_projects?: string;
                limit?: components["schemas"]["NonNegativeText"];
                offset?: components["schemas"]["NonNegativeText"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerGroupList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    createServerGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServerGroupCreation"];
            };
        };
        responses: {
            /** @description Made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerGroupDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showServerGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_group_id: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The group */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerGroupDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteServerGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_group_id: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listComputeHosts: {
        parameters: {
            query?: {
                /** @description Of that zone; empty: of all */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hosts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeHostList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showComputeHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                compute_host: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The host */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeHostDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    updateComputeHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                compute_host: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComputeHostUpdate"];
            };
        };
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotSupported"];
        };
    };
    startupComputeHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                compute_host: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotSupported"];
        };
    };
    shutdownComputeHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                compute_host: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotSupported"];
        };
    };
    rebootComputeHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                compute_host: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotSupported"];
        };
    };
    listTenantUsages: {
        parameters: {
            query?: {
                /** @description Now when it is left out */
                start?: components["parameters"]["start"];
                /** @description Now when it is left out */
                end?: components["parameters"]["end"];
                /** @description 1: with each server */
                detailed?: string;
                /** @description Servers */
                limit?: components["parameters"]["tenant-usage_limit"];
                /** @description Id of the last server of the page before */
                marker?: components["parameters"]["tenant-usage_marker"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Usage */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantUsageList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showTenantUsage: {
        parameters: {
            query?: {
                /** @description Now when it is left out */
                start?: components["parameters"]["start"];
                /** @description Now when it is left out */
                end?: components["parameters"]["end"];
                /** @description Servers */
                limit?: components["parameters"]["tenant-usage_limit"];
                /** @description Id of the last server of the page before */
                marker?: components["parameters"]["tenant-usage_marker"];
            };
            header?: never;
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Usage */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantUsageDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listExtensions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Parts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtensionList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    showExtension: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The part */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtensionDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listAgents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            410: components["responses"]["Gone"];
        };
    };
    createAgent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            410: components["responses"]["Gone"];
        };
    };
    updateAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            410: components["responses"]["Gone"];
        };
    };
    deleteAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            410: components["responses"]["Gone"];
        };
    };
    listCells: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            410: components["responses"]["Gone"];
        };
    };
    listFpings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            410: components["responses"]["Gone"];
        };
    };
    listAggregates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Aggregates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AggregateList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    createAggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AggregateCreation"];
            };
        };
        responses: {
            /** @description Made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewAggregateDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
        };
    };
    showAggregate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aggregate_id: components["parameters"]["aggregateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The aggregate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AggregateDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    updateAggregate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aggregate_id: components["parameters"]["aggregateId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AggregateUpdate"];
            };
        };
        responses: {
            /** @description The aggregate as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AggregateDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    deleteAggregate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aggregate_id: components["parameters"]["aggregateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    aggregateAction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aggregate_id: components["parameters"]["aggregateId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AggregateAction"];
            };
        };
        responses: {
            /** @description The aggregate as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AggregateDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    listZones: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Zones; one is available while a host in it is enabled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZoneList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    listZonesDetail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Zones */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZoneDetailList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showLimits: {
        parameters: {
            query?: {
                /** @description Another project; for administrators */
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Limits; -1 is none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitsDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showQuotaSet: {
        parameters: {
            query?: {
                /** @description Every user has the quotas of the project; they cannot be changed for one */
                user_id?: components["parameters"]["quotas_userId"];
            };
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Quotas; -1 is no limit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaSetDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    updateQuotaSet: {
        parameters: {
            query?: {
                /** @description Every user has the quotas of the project; they cannot be changed for one */
                user_id?: components["parameters"]["quotas_userId"];
            };
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotaSetUpdate"];
            };
        };
        responses: {
            /** @description The quotas as they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaSetChanged"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    deleteQuotaSet: {
        parameters: {
            query?: {
                /** @description Every user has the quotas of the project; they cannot be changed for one */
                user_id?: components["parameters"]["quotas_userId"];
            };
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showDefaultQuotas: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Quotas; -1 is no limit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaSetDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    showQuotaDetails: {
        parameters: {
            query?: {
                /** @description Every user has the quotas of the project; they cannot be changed for one */
                user_id?: components["parameters"]["quotas_userId"];
            };
            header?: never;
            path: {
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Quotas and use; nothing is ever reserved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaDetailsDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showQuotaClass: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The only one is `default` */
                quota_class: components["parameters"]["quotaClass"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Quotas; -1 is no limit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaClassDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    updateQuotaClass: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The only one is `default` */
                quota_class: components["parameters"]["quotaClass"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotaClassUpdate"];
            };
        };
        responses: {
            /** @description The quotas as they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaClassChanged"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    showFlavorExtraSpec: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
                spec_key: components["parameters"]["specKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The extra spec */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtraSpec"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    setFlavorExtraSpec: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
                spec_key: components["parameters"]["specKey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtraSpec"];
            };
        };
        responses: {
            /** @description As it was set */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtraSpec"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    removeFlavorExtraSpec: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
                spec_key: components["parameters"]["specKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed; no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listFlavorAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Projects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlavorAccess"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    flavorAction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flavor_id: components["parameters"]["flavorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlavorAction"];
            };
        };
        responses: {
            /** @description The projects that may use it now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlavorAccess"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    listImages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Images */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    addImage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImageAddition"];
            };
        };
        responses: {
            /** @description Entered. It can be used once its status is active. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    showImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    removeImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    uploadImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The image is active */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    listImageVersions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions to choose from */
            300: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageVersions"];
                };
            };
        };
    };
    listImagesV2: {
        parameters: {
            query?: {
                name?: string;
                id?: string;
                status?: string;
                disk_format?: string;
                container_format?: string;
                visibility?: "public" | "private" | "shared" | "community" | "all";
                member_status?: "pending" | "accepted" | "rejected" | "all";
                owner?: string;
                protected?: "true" | "True" | "false" | "False";
                os_hidden?: "true" | "True" | "false" | "False";
                tag?: string[];
                size_min?: string;
                size_max?: string;
                sort?: string;
                sort_key?: string[];
                sort_dir?: ("asc" | "desc")[];
                limit?: string;
                marker?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Images */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImagePageV2"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    createImageV2: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImageCreationV2"];
            };
        };
        responses: {
            /** @description Entered. It can be used once its status is active. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageV2"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
        };
    };
    showImageV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageV2"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteImageV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    updateImageV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/openstack-images-v2.1-json-patch": components["schemas"]["ImagePatch"];
            };
        };
        responses: {
            /** @description The image as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageV2"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMedia"];
        };
    };
    downloadImageV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    "Content-MD5"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description It has no content yet */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    uploadImageV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The image is active */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    addImageTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
                image_tag: components["parameters"]["imageTag"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has the tag */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    removeImageTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid */
                image_id: components["parameters"]["imageId"];
                image_tag: components["parameters"]["imageTag"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has the tag no more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    showImageSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageSchemaDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    showImagesSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageSchemaDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    listSecurityGroups: {
        parameters: {
            query?: {
                limit?: components["schemas"]["NonNegativeText"];
                offset?: components["schemas"]["NonNegativeText"];
                /** @description Of all projects; for administrators */
                all_tenants?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroupList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    createSecurityGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecurityGroupInput"];
            };
        };
        responses: {
            /** @description Made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroupDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    showSecurityGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                security_group_id: components["parameters"]["security-groups_groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The group */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroupDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    updateSecurityGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                security_group_id: components["parameters"]["security-groups_groupId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecurityGroupInput"];
            };
        };
        responses: {
            /** @description Renamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroupDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteSecurityGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                security_group_id: components["parameters"]["security-groups_groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    createSecurityGroupRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecurityGroupRuleInput"];
            };
        };
        responses: {
            /** @description Made; in force at the members a moment later. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroupRuleDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteSecurityGroupRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted; in force at the members a moment later. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listServerSecurityGroups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityGroupList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    showServerFirewall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its firewall */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerFirewall"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listVolumeAttachments: {
        parameters: {
            query?: {
                limit?: components["schemas"]["NonNegativeText"];
                offset?: components["schemas"]["NonNegativeText"];
            };
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Attachments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    attachVolume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachmentRequest"];
            };
        };
        responses: {
            /** @description Accepted, under this name in the guest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewAttachment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    showVolumeAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                volume_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    updateVolumeAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                volume_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachmentUpdate"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    detachVolume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
                volume_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    listHosts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hosts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    addHost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HostAddition"];
            };
        };
        responses: {
            /** @description Added; its guests are servers now. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostDocument"];
                };
            };
            /** @description Added; its guests are still being read. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
        };
    };
    scanHost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HostScan"];
            };
        };
        responses: {
            /** @description Compare a fingerprint with what the host's console shows before you trust it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferedKeys"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
        };
    };
    showHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid, number or name */
                host_id: components["parameters"]["hostId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The host */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    removeHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid, number or name */
                host_id: components["parameters"]["hostId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forgotten */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    changeHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid, number or name */
                host_id: components["parameters"]["hostId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HostChange"];
            };
        };
        responses: {
            /** @description The host */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    checkHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid, number or name */
                host_id: components["parameters"]["hostId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every check with its remedy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostCheck"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
        };
    };
    showFence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid, number or name */
                host_id: components["parameters"]["hostId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fence */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FenceDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    fenceHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid, number or name */
                host_id: components["parameters"]["hostId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FenceRequest"];
            };
        };
        responses: {
            /** @description Taken down */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FenceDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPools: {
        parameters: {
            query?: {
                /** @description Uuid, number or name */
                host?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pools */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    definePool: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolDefinition"];
            };
        };
        responses: {
            /** @description It is started. A pool that is defined so already is started, too. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
        };
    };
    showPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid, number or name */
                host_id: components["parameters"]["hostId"];
                pool_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pool */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    removePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid, number or name */
                host_id: components["parameters"]["hostId"];
                pool_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
        };
    };
    switchPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Uuid, number or name */
                host_id: components["parameters"]["hostId"];
                pool_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolSwitch"];
            };
        };
        responses: {
            /** @description The pool */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
        };
    };
    listVolumes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Volumes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    createVolume: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VolumeRequest"];
            };
        };
        responses: {
            /** @description It is there. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeDocument"];
                };
            };
            /** @description It is still being made. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    adoptVolume: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VolumeAdoption"];
            };
        };
        responses: {
            /** @description It is there. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeDocument"];
                };
            };
            /** @description It is still being made. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    showVolume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volume_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The volume */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumeDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteVolume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volume_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is still being deleted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
        };
    };
    showSshKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        public_key: string;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
        };
    };
    preflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: components["parameters"]["serverId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreflightRequest"];
            };
        };
        responses: {
            /** @description Every candidate with every check */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preflight"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
        };
    };
    showMigration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                migration_id: components["parameters"]["migrationNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record. Hosts, checks and steps only for admins. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                server?: components["schemas"]["Uuid"];
                migration?: components["schemas"]["Uuid"];
            };
            header?: {
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["StreamEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description It cannot */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bundled contract */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    showDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    showDocsFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                docs_file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                    "text/css": string;
                };
            };
            404: components["responses"]["NotFound"];
        };
    };
}
