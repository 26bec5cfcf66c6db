import { groupObstacle, withoutDeadHost } from "@ferry/core";
import { type Check, pass, refuse } from "./check.ts";

/** A host that keeps to the policy of the server's group, whoever named it: Nova's destination looks again, too, also when it is forced. */
export const groupPolicy: Check = {
  key: "group-policy",
  judge: ({ order, destination }) => {
    const { name, id } = destination.record;
    if (order.group === null) return pass("The server is in no server group.");
    const group = order.mode === "evacuate" ? withoutDeadHost(order.group, order.sourceHostId) : order.group;
    const obstacle = groupObstacle(group, id);
    if (obstacle === null) return pass(`${name} suits the server's group (${group.policy}).`);
    return refuse(`${name} cannot take the server: ${obstacle}.`, "Choose another host, or move the other servers of its group first.");
  },
};
