/** Bytes as a libvirt 9.0.0 daemon and its clients exchange them (texts of the error shortened), each group of words with its meaning. */
export interface Vector {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Joins annotated hex words; text after `;` is the annotation. */
function annotated(name: string, ...lines: readonly string[]): Vector {
  const hex = lines.map((line) => line.split(";")[0]?.replaceAll(" ", "")).join("");
  return { name, bytes: Buffer.from(hex, "hex") };
}

export const authListCall = annotated(
  "AUTH_LIST call",
  "0000001c ; length 28",
  "20008086 00000001 ; program remote, version 1",
  "00000042 00000000 ; procedure 66, type call",
  "00000001 00000000 ; serial 1, status ok",
);

export const authListReply = annotated(
  "AUTH_LIST reply",
  "00000024 20008086 00000001 00000042 ; length 36, remote, procedure 66",
  "00000001 00000001 00000000 ; type reply, serial 1, status ok",
  "00000001 00000000 ; one type: none",
);

export const openCall = annotated(
  "CONNECT_OPEN call",
  "00000038 20008086 00000001 00000001 ; length 56, remote, procedure 1",
  "00000000 00000002 00000000 ; call, serial 2",
  "00000001 0000000e ; name present, 14 bytes",
  "71656d75 3a2f2f2f 73797374 656d 0000 ; qemu:///system, 2 bytes of padding",
  "00000000 ; flags",
);

export const libVersionReply = annotated(
  "LIB_VERSION reply",
  "00000024 20008086 00000001 0000009d ; length 36, remote, procedure 157",
  "00000001 00000003 00000000 ; reply, serial 3, ok",
  "00000000 00895440 ; 9 000 000 as unsigned hyper",
);

export const getStateCall = annotated(
  "DOMAIN_GET_STATE call",
  "0000003c 20008086 00000001 000000d4 ; length 60, remote, procedure 212",
  "00000000 00000008 00000000 ; call, serial 8",
  "00000004 6b743131 ; name kt11",
  "0b0e0000 00004000 80000000 00000011 ; uuid",
  "00000044 ; id 0x44",
  "00000000 ; flags",
);

export const getStateReply = annotated(
  "DOMAIN_GET_STATE reply",
  "00000024 20008086 00000001 000000d4 00000001 00000008 00000000 ; reply, serial 8, ok",
  "00000001 00000001 ; running, booted",
);

export const lifecycleEvent = annotated(
  "lifecycle event",
  "00000044 20008086 00000001 0000013e ; length 68, remote, procedure 318",
  "00000002 00000001 00000000 ; type message, serial 1 (meaningless), ok",
  "00000020 ; callback id 0x20",
  "00000004 6b743131 0b0e0000 00004000 80000000 00000011 00000044 ; guest kt11",
  "00000002 00000000 ; event started, detail booted",
);

export const errorReply = annotated(
  "error reply",
  "00000070 20008086 00000001 00000017 ; length 112, remote, procedure 23",
  "00000001 00000006 00000001 ; reply, serial 6, status error",
  "0000002a 0000000a ; code 42 (no domain), domain 10 (QEMU)",
  "00000001 00000010 446f6d61 696e206e 6f742066 6f756e64 ; message: Domain not found",
  "00000002 00000000 ; level error, no guest",
  "00000001 00000002 2573 0000 ; str1: %s, padded",
  "00000001 00000007 6e6f2064 6f6d61 00 ; str2: no doma, padded",
  "00000000 ffffffff ffffffff 00000000 ; no str3, int1 -1, int2 -1, no network",
);

export const pingMessage = annotated("ping", "0000001c 6b656570 00000001 00000001 00000002 00000000 00000000");
export const pongMessage = annotated("pong", "0000001c 6b656570 00000001 00000002 00000002 00000000 00000000");

export const jobStatsTail = annotated(
  "two typed parameters",
  "00000002 ; two parameters",
  "0000000b 73746174 652e7374 617465 00 ; state.state, padded",
  "00000001 00000001 ; type int, 1",
  "0000000c 73746174 652e7265 61736f6e ; state.reason",
  "00000001 00000001 ; type int, 1",
);

export const messages: readonly Vector[] = [
  authListCall,
  authListReply,
  openCall,
  libVersionReply,
  getStateCall,
  getStateReply,
  lifecycleEvent,
  errorReply,
  pingMessage,
  pongMessage,
];

/** The guest in the vectors. */
export const kt11 = { name: "kt11", uuid: "0b0e0000-0000-4000-8000-000000000011", id: 0x44 } as const;
