import type { Catalogue } from "../catalogue";

export const families: Catalogue["families"] = {
  usage: "An input is not valid",
  credentials: "No credentials were found, or the service does not accept them",
  permission: "The account or its RAM policy does not allow the operation",
  otherAccount: "The saved state was made with another account's access key",
  notOnAllowList: "The account is not on the allow-list of DescribePreloadDetailById",
  quota: "Today's quota is used up",
  queueFull: "The account's preload queue is full",
  throttled: "Too many calls were made with this account",
  transient: "The service or the network failed for a moment",
  unreachable: "The service cannot be reached",
  skew: "The local clock is more than 15 minutes off",
  taskUnknown: "The service does not know the task",
  taskTooOld: "The task is older than the three days that the service can look back",
  rejected: "The service refused the request",
  outcomeUnknown: "The service may or may not have accepted a submission",
  purgeFailed: "The purge (refresh) before the preload failed",
  malformedAnswer: "The service's answer could not be understood",
  unknownServiceCode: "The service answered with an error code that this release does not know",
  stateUnsaved: "The state could not be saved after URLs were submitted",
  internal: "Something failed inside this program, or in a listener that it was given",
  timeout: "The deadline passed",
  interrupted: "The wait was interrupted",
};

export const handling: Catalogue["handling"] = {
  notRetried: "not retried",
  retried: "retried",
  retriedWithinDeadline: "retried within the deadline",
  correctedAndSentAgain: "corrected and sent again",
};
