import { ConfigurationError } from "@ferry/core";

throw new ConfigurationError("Cannot start: the test wants it so.");
