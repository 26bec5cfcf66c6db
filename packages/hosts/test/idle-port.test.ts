import { describe, expect, it } from "vitest";
import { listeningPorts } from "../src/peer-access/idle-port.ts";

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 52637 1 0000000000000000 100 0 0 10 0
   1: 0B6012C6:C000 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 53011 1 0000000000000000 100 0 0 10 0
   2: 0B6012C6:C001 0C6012C6:9C40 01 00000000:00000000 00:00000000 00000000     0        0 53012 1 0000000000000000 100 0 0 10 0
`;
const TABLE_6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:C002 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
`;

describe("listeningPorts", () => {
  it("tells sockets that listen from those that are connected", () => {
    expect(listeningPorts(TABLE)).toEqual([22, 49_152]);
  });

  it("reads the table of IPv6 as well", () => {
    expect(listeningPorts(TABLE_6)).toEqual([49_154]);
  });

  it("finds none in an empty table", () => {
    expect(listeningPorts("")).toEqual([]);
  });
});
