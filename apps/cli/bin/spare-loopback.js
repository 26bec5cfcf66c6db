/** Keeps requests to this machine away from a proxy, also where Node.js is told to use one (NODE_USE_ENV_PROXY). Must run before the first request. */
export function spareLoopback() {
  const spared = process.env.no_proxy ?? process.env.NO_PROXY;
  const all = [spared, "127.0.0.1", "localhost", "[::1]"].filter((part) => part).join(",");
  process.env.no_proxy = all;
  process.env.NO_PROXY = all;
}
