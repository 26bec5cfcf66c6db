import { type FaultPoint, type FaultProbe, faultPoints, noFaults } from "@ferry/engine";

/**
 * For tests that kill a real worker at a known place: `FERRY_FAULT=after:create-disks` makes this process end itself with SIGKILL there, once the
 * step's effect has happened. Unset in every other use.
 */
export function faultProbe(env: NodeJS.ProcessEnv): FaultProbe {
  const wanted = env["FERRY_FAULT"];
  if (!wanted) return noFaults;
  const [point, step] = wanted.split(":");
  if (!faultPoints.includes(point as FaultPoint) || !step) {
    throw new Error(`Cannot use FERRY_FAULT=${wanted}: it must be POINT:STEP with a point of ${faultPoints.join(", ")}.`);
  }
  return (at, name) => {
    if (at === point && name === step) process.kill(process.pid, "SIGKILL");
  };
}
