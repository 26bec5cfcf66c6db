import type { ServerDetails } from "@ferry/store";
import { canonicalIPv6 } from "./canonical-address.ts";

/** The value of `server` in the body of PUT /servers/{id}, checked. */
export interface ServerUpdateBody {
  readonly name?: string;
  readonly accessIPv4?: string;
  readonly accessIPv6?: string;
  readonly "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
  readonly description?: string | null;
  readonly hostname?: string;
}

/** Pure: what the record is to say; a key that was not given changes nothing. */
export function columnsOf({ accessIPv6, "OS-DCF:diskConfig": diskConfig, ...asIs }: ServerUpdateBody): ServerDetails {
  return {
    ...asIs,
    ...(accessIPv6 === undefined ? {} : { accessIPv6: canonicalIPv6(accessIPv6) }),
    ...(diskConfig === undefined ? {} : { diskConfig }),
  };
}
