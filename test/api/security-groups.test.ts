import { runExamples } from "./support/examples.ts";

runExamples("security groups", [
  "listSecurityGroups",
  "createSecurityGroup",
  "showSecurityGroup",
  "updateSecurityGroup",
  "deleteSecurityGroup",
  "createSecurityGroupRule",
  "deleteSecurityGroupRule",
  "listServerSecurityGroups",
  "showServerFirewall",
]);
