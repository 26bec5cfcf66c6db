import type { FakeHost } from "../host.ts";
import type { Answers } from "./answer.ts";
import { connectionAnswers } from "./connection.ts";
import { domainAnswers } from "./domains.ts";
import { eventAnswers } from "./events.ts";
import { jobAnswers } from "./jobs.ts";
import { migrationAnswers } from "./migration.ts";
import { networkCardAnswers } from "./network-cards.ts";
import { networkAnswers } from "./networks.ts";
import { nodeAnswers } from "./node.ts";
import { nwfilterAnswers } from "./nwfilters.ts";
import { plugAnswers } from "./plug.ts";
import { poolAnswers } from "./pools.ts";
import { powerAnswers } from "./power.ts";
import { savedStateAnswers } from "./saved-state.ts";
import { secretAnswers } from "./secrets.ts";
import { volumeAnswers } from "./volumes.ts";

export type AnswerTable = Answers;

/** Everything that the fake daemon knows. */
export const answersOf = (host: FakeHost): AnswerTable => ({
  ...connectionAnswers(host),
  ...nodeAnswers(host),
  ...domainAnswers(host),
  ...powerAnswers(host),
  ...plugAnswers(host),
  ...savedStateAnswers(host),
  ...jobAnswers(host),
  ...migrationAnswers(host),
  ...poolAnswers(host),
  ...volumeAnswers(host),
  ...secretAnswers(host),
  ...networkAnswers(host),
  ...networkCardAnswers(host),
  ...nwfilterAnswers(host),
  ...eventAnswers(),
});
