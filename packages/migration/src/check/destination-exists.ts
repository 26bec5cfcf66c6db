import { type Check, pass } from "./check.ts";

/** A named host that is not in the record is refused by the API at once; here it is known and named. */
export const destinationExists: Check = {
  key: "destination-exists",
  judge: ({ destination }) => pass(`The destination is ${destination.record.name} at ${destination.address.address}.`),
};
