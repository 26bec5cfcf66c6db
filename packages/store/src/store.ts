import type { Lease, TaskLease } from "@ferry/core";
import { type AcceptedMigration, acceptMigration, type MigrationRequest } from "./accept-migration.ts";
import { acceptRebuild, type RebuildRequest } from "./accept-rebuild.ts";
import { acceptServers, type NewServer } from "./accept-server.ts";
import { acceptServerTask, type ServerTaskRequest } from "./accept-server-task.ts";
import { acceptVolumeTask, type VolumeTaskRequest } from "./accept-volume-task.ts";
import { serverAdministration } from "./administer-server.ts";
import { aggregateRecords } from "./aggregates.ts";
import { applicationCredentials } from "./application-credentials.ts";
import { artifactLedger, artifactRecords, buildLedger } from "./artifacts.ts";
import { checkRecords } from "./check-records.ts";
import { type DatabaseOptions, openDatabase } from "./database.ts";
import { directorySightings } from "./directory-sightings.ts";
import { evacuationLists } from "./evacuations.ts";
import { eventRecords } from "./events.ts";
import { fencingRecords } from "./fencing.ts";
import { flavorRecords } from "./flavors.ts";
import { guestDocumentRecords } from "./guest-documents.ts";
import { hostNameRecords } from "./host-names.ts";
import { hostRecords } from "./hosts.ts";
import { hypervisorLists } from "./hypervisors.ts";
import { identityRecords } from "./identity.ts";
import { imageRecords } from "./images.ts";
import { imageLists } from "./images-list.ts";
import { inquiryRecords } from "./inquiries.ts";
import { instanceActionLists } from "./instance-actions.ts";
import { keyPairRecords } from "./key-pairs.ts";
import { leaseRecords } from "./leases.ts";
import { loginFailures } from "./login-failures.ts";
import { migrationStore } from "./migration-store.ts";
import { migrationLists } from "./migrations-list.ts";
import { outboxRecords } from "./outbox.ts";
import { ownServiceRecords } from "./own-services.ts";
import { projectRecords } from "./projects.ts";
import { quotaRecords } from "./quotas.ts";
import { type AbortRequest, abortsAmong, requestAbort } from "./request-abort.ts";
import { roleAssignments } from "./role-assignments.ts";
import { rootSizes } from "./root-sizes.ts";
import { securityGroupMembers } from "./security-group-members.ts";
import { securityGroupRecords } from "./security-groups.ts";
import { serverBuild } from "./server-build.ts";
import { serverDetails } from "./server-details.ts";
import { serverFirewallRecords } from "./server-firewalls.ts";
import { serverGroupRecords } from "./server-groups.ts";
import { type ServerTaskRecord, serverTask } from "./server-task.ts";
import { serverRecords } from "./servers.ts";
import { serverLists } from "./servers-list.ts";
import { type SettleRequest, settleMigration } from "./settle-migration.ts";
import { stepLog } from "./step-log.ts";
import { taskLeaseRecords } from "./task-leases.ts";
import { taskStepLog } from "./task-step-log.ts";
import { tokenRecords } from "./tokens.ts";
import { usageRecords } from "./usage.ts";
import { userRecords } from "./users.ts";
import { type AttachmentRow, volumeRecords } from "./volumes.ts";

/**
 * The record. Each member is a group of functions over some tables, made by the file of that name: `hostRecords(db)` in hosts.ts, and so on. A new
 * group is a file `export const nounRecords = (db: Database) => ({ verb: (…) => … })` and one line here. Plain values go in and out.
 */
export function openStore(options: DatabaseOptions) {
  const db = openDatabase(options);
  return {
    aggregates: aggregateRecords(db),
    checks: checkRecords(db),
    evacuations: evacuationLists(db),
    artifacts: artifactRecords(db),
    events: eventRecords(db),
    fencing: fencingRecords(db),
    flavors: flavorRecords(db),
    guestDocuments: guestDocumentRecords(db),
    hostNames: hostNameRecords(db),
    hosts: hostRecords(db),
    hypervisors: hypervisorLists(db),
    identity: identityRecords(db),
    imageLists: imageLists(db),
    images: imageRecords(db),
    inquiries: inquiryRecords(db),
    instanceActions: instanceActionLists(db),
    keyPairs: keyPairRecords(db),
    leases: leaseRecords(db),
    migrationLists: migrationLists(db),
    outbox: outboxRecords(db),
    ownServices: ownServiceRecords(db),
    quotas: quotaRecords(db),
    rootSizes: rootSizes(db),
    securityGroupMembers: securityGroupMembers(db),
    securityGroups: securityGroupRecords(db),
    serverFirewalls: serverFirewallRecords(db),
    serverGroups: serverGroupRecords(db),
    serverLists: serverLists(db),
    serverDetails: serverDetails(db),
    serverAdministration: serverAdministration(db),
    servers: serverRecords(db),
    sightings: directorySightings(db),
    taskLeases: taskLeaseRecords(db),
    applicationCredentials: applicationCredentials(db),
    loginFailures: loginFailures(db),
    projects: projectRecords(db),
    roleAssignments: roleAssignments(db),
    users: userRecords(db),
    tokens: tokenRecords(db),
    usage: usageRecords(db),
    volumes: volumeRecords(db),
    acceptMigration: (request: MigrationRequest): Promise<AcceptedMigration> => acceptMigration(db, request),
    acceptServers: (servers: readonly NewServer[], group: string | null): Promise<void> => acceptServers(db, servers, group),
    acceptRebuild: (request: RebuildRequest): Promise<void> => acceptRebuild(db, request),
    acceptServerTask: (request: ServerTaskRequest): Promise<void> => acceptServerTask(db, request),
    acceptVolumeTask: (request: VolumeTaskRequest): Promise<AttachmentRow> => acceptVolumeTask(db, request),
    settleMigration: (request: SettleRequest): Promise<AcceptedMigration> => settleMigration(db, request),
    abortsAmong: (ids: readonly string[]): Promise<string[]> => abortsAmong(db, ids),
    requestAbort: (request: AbortRequest): Promise<void> => requestAbort(db, request),
    /** What the worker that holds the lease may read and write of the migration. */
    openMigration: (lease: Lease) => ({
      record: migrationStore(db, lease),
      steps: stepLog(db, lease),
      artifacts: artifactLedger(db, lease),
    }),
    /** What the worker that holds the lease of a server's task may read and write of it. */
    openServerTask: (lease: TaskLease): ServerTaskRecord => serverTask(db, lease),
    /** The same for the making of a server. */
    openServerBuild: (lease: TaskLease) => ({
      record: serverBuild(db, lease),
      steps: taskStepLog(db, lease),
      artifacts: buildLedger(db, lease),
    }),
    close: (): Promise<void> => db.$disconnect(),
  };
}

export type Store = ReturnType<typeof openStore>;
