/** The lab cannot be built on this machine, for a reason that is no fault of the project: no source package, no root, no such packages. */
export class XenLabUnavailable extends Error {
  override readonly name = "XenLabUnavailable";
}
