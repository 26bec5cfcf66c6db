import { randomUUID } from "node:crypto";
import { Client } from "pg";

/** What was put in. */
export interface Seeded {
  /** One of the servers, from the middle. */
  readonly serverId: string;
}

const hosts = 20;

/** Fills the database of a service that has started once: hosts, and servers of the first project with two cards, tags and metadata each. */
export async function seedServers(connectionString: string, servers: number): Promise<Seeded> {
  const sql = new Client({ connectionString });
  await sql.connect();
  try {
    await sql.query(insertHosts, [hosts]);
    const base = randomUUID().slice(0, 24);
    await sql.query(insertServers, [servers, base]);
    await sql.query("ANALYZE");
    return { serverId: `${base}${(Math.floor(servers / 2) + 1).toString(16).padStart(12, "0")}` };
  } finally {
    await sql.end();
  }
}

const insertHosts = `
  INSERT INTO hosts (id, name, address, "user", host_key, state, facts, last_seen_at, monitor_until)
  SELECT gen_random_uuid(), 'compute' || n, '198.18.0.' || n, 'root', 'ssh-ed25519 AAAA', 'up',
         jsonb_build_object('hostname', 'compute' || n || '.example'), now(), now() + interval '1 day'
  FROM generate_series(1, $1::int) n`;

const insertServers = `
  INSERT INTO servers (id, name, instance_name, host_id, project_id, user_id, vm_state, power_state, memory_mib, vcpus, root_gib,
                       metadata, tags, definition, nics, launched_at, created_at)
  SELECT ($2 || lpad(to_hex(n), 12, '0'))::uuid, 'server-' || n, 'instance-' || lpad(to_hex(n), 8, '0'),
         (SELECT id FROM hosts WHERE name = 'compute' || (1 + n % ${hosts})), u.project_id, u.user_id, 'active', 1, 2048, 2, 20,
         jsonb_build_object('role', 'web', 'shard', n::text), ARRAY['production', 'shard-' || n % 16], '{"disks": [{"target": "vda"}]}',
         jsonb_build_array(
           jsonb_build_object('network', 'front', 'mac', '52:54:00:00:00:01', 'fixedIp', '192.0.2.' || n % 250),
           jsonb_build_object('network', 'back', 'mac', '52:54:00:00:00:02', 'fixedIp', '198.51.100.' || n % 250)),
         now(), now() - n * interval '1 second'
  FROM generate_series(1, $1::int) n, (SELECT user_id, project_id FROM role_assignments LIMIT 1) u`;
