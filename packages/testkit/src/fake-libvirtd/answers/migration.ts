import type { FakeHost } from "../host.ts";
import { finish, prepare } from "../migration/destination.ts";
import { readFlags } from "../migration/parameters.ts";
import { performPeerToPeer } from "../migration/peer.ts";
import { begin, confirm, perform } from "../migration/source.ts";
import { Refusal, Surprise } from "../refusal.ts";
import type { Answers } from "./answer.ts";
import { domainOf } from "./domains.ts";

/** The five calls that a client drives, and the one that lets the source drive. */
export const migrationAnswers = (host: FakeHost): Answers => ({
  domainMigrateBegin3Params: ({ dom, params, flags }, client) => {
    if (!readFlags(flags, "source")("changeProtection"))
      throw new Surprise("Begin without CHANGE_PROTECTION: nothing would hold the guest");
    return begin(domainOf(host, dom), params, flags, client.tenancy);
  },
  domainMigratePrepare3Params: async ({ params, cookieIn, flags }, client) => {
    await host.datacentre.pace.tick();
    return prepare(host, params, cookieIn, flags, client.tenancy);
  },
  domainMigratePerform3Params: ({ dom, dconnuri, params, cookieIn, flags }) => {
    const domain = domainOf(host, dom);
    const peer = readFlags(flags, "source")("peer2peer");
    if (!peer && dconnuri === null) return perform(domain, params, cookieIn, flags);
    if (!peer || dconnuri === null) throw new Refusal("invalidArg", "PEER2PEER and dconnuri go together");
    if (cookieIn.length > 0) throw new Refusal("invalidArg", "cookie in must be empty");
    return performPeerToPeer(domain, dconnuri, params, flags);
  },
  domainMigrateFinish3Params: ({ params, cookieIn, flags, cancelled }) => finish(host, params, cookieIn, flags, cancelled !== 0),
  domainMigrateConfirm3Params: async ({ dom, flags, cancelled }) => {
    await host.datacentre.pace.tick();
    return confirm(domainOf(host, dom), flags, cancelled !== 0);
  },
});
