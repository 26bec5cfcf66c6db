/** Tempest's tests of the compute API that ferry passes, by class below `tempest.api.compute`. */
const byClass: Readonly<Record<string, readonly string[]>> = {
  "admin.test_hypervisor.HypervisorAdminTestJSON": [
    "test_get_hypervisor_list",
    "test_get_hypervisor_list_details",
    "test_get_hypervisor_show_details",
  ],
  "admin.test_hypervisor.HypervisorAdminV228Test": ["test_get_list_hypervisor_details"],
  "admin.test_hypervisor.HypervisorAdminV253TestBase": ["test_list_show_detail_hypervisors"],
  "admin.test_hypervisor_negative.HypervisorAdminNegativeTestJSON": [
    "test_get_hypervisor_list_details_with_non_admin_user",
    "test_get_hypervisor_list_with_non_admin_user",
    "test_get_hypervisor_stats_with_non_admin_user",
    "test_get_nonexistent_hypervisor_uptime",
    "test_show_hypervisor_with_non_admin_user",
    "test_show_nonexistent_hypervisor",
  ],
  "admin.test_hypervisor_negative.HypervisorAdminNegativeUnderV252Test": [
    "test_search_nonexistent_hypervisor",
    "test_show_servers_with_nonexistent_hypervisor",
  ],
  "admin.test_live_migration.LiveAutoBlockMigrationV225Test": ["test_live_block_migration", "test_live_block_migration_paused"],
  "admin.test_live_migration.LiveMigrationTest": ["test_live_block_migration", "test_live_block_migration_paused"],
  "admin.test_live_migration_negative.LiveMigrationNegativeTest": [
    "test_invalid_host_for_migration",
    "test_live_block_migration_suspended",
  ],
  "admin.test_migrations.MigrationsAdminTest": ["test_cold_migration", "test_list_migrations", "test_revert_cold_migration"],
  "admin.test_servers.ServersAdminTestJSON": [
    "test_list_servers_by_admin",
    "test_list_servers_by_admin_with_all_tenants",
    "test_list_servers_by_admin_with_specified_tenant",
    "test_list_servers_detailed_filter_by_invalid_status",
    "test_list_servers_filter_by_error_status",
    "test_list_servers_filter_by_exist_host",
    "test_reset_state_server",
  ],
  "admin.test_services.ServicesAdminTestJSON": [
    "test_get_service_by_host_name",
    "test_get_service_by_service_binary_name",
    "test_list_services",
  ],
  "admin.test_services_negative.ServicesAdminNegativeTestJSON": [
    "test_get_service_by_invalid_params",
    "test_get_service_by_invalid_service_and_valid_host",
    "test_get_service_with_valid_service_and_invalid_host",
    "test_list_services_with_non_admin_user",
  ],
  "admin.test_services_negative.ServicesAdminNegativeV253TestJSON": [
    "test_disable_log_reason_with_invalid_service_id",
    "test_disable_service_with_invalid_service_id",
    "test_enable_service_with_invalid_service_id",
    "test_get_service_by_invalid_params",
    "test_get_service_by_invalid_service_and_valid_host",
    "test_get_service_with_valid_service_and_invalid_host",
    "test_list_services_with_non_admin_user",
  ],
  "servers.test_instance_actions.InstanceActionsTestJSON": ["test_get_instance_action", "test_list_instance_actions"],
  "servers.test_instance_actions.InstanceActionsV221TestJSON": ["test_get_list_deleted_instance_actions"],
  "servers.test_instance_actions_negative.InstanceActionsNegativeTestJSON": [
    "test_get_instance_action_invalid_request",
    "test_list_instance_actions_non_existent_server",
  ],
  "test_versions.TestVersions": ["test_get_version_details", "test_list_api_versions"],
};

/** Their whole names, in the order in which they run. */
export const tests: readonly string[] = Object.entries(byClass).flatMap(([name, methods]) =>
  methods.map((method) => `tempest.api.compute.${name}.${method}`),
);
