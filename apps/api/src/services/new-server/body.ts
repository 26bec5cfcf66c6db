import type { Caller } from "../../caller.ts";
import type { Card } from "./new-nics.ts";

/** The body of POST /servers, checked. */
export interface CreationBody {
  readonly server: NewServerBody;
  readonly "os:scheduler_hints"?: HintsBody;
  readonly "OS-SCH-HNT:scheduler_hints"?: HintsBody;
}

export interface NewServerBody {
  readonly name: string;
  readonly imageRef?: string;
  readonly flavorRef: string | number;
  readonly adminPass?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
  readonly accessIPv4?: string | null;
  readonly accessIPv6?: string | null;
  readonly availability_zone?: string;
  readonly config_drive?: boolean | string;
  readonly key_name?: string | null;
  readonly min_count?: number | string;
  readonly max_count?: number | string;
  readonly return_reservation_id?: boolean | string;
  readonly networks?: "auto" | "none" | readonly Card[];
  readonly security_groups?: readonly { readonly name: string }[];
  readonly user_data?: string | null;
  readonly personality?: readonly { readonly path: string; readonly contents: string }[];
  readonly block_device_mapping_v2?: readonly BlockDevice[];
  readonly description?: string | null;
  readonly tags?: readonly string[];
  readonly host?: string;
  readonly hypervisor_hostname?: string;
  readonly hostname?: string;
}

/** One disk of block_device_mapping_v2, as far as it is looked at. */
export interface BlockDevice {
  readonly uuid?: string | null;
  readonly source_type?: string;
  readonly destination_type?: string;
  readonly boot_index?: number | string | null;
  readonly delete_on_termination?: boolean | string;
}

/** Scheduler hints are open: those that ferry does not know are kept and do nothing, as in a Nova without their filters. */
export interface HintsBody {
  readonly group?: string;
  readonly same_host?: string | readonly string[];
  readonly different_host?: string | readonly string[];
  readonly [other: string]: unknown;
}

export interface Asking {
  readonly caller: Caller;
  readonly requestId: string;
  readonly minor: number;
}
