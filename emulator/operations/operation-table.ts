import type { OperationName } from "../../provider/wire/limits";
import type { Work } from "../call";
import type { Parameters } from "../call-record";
import { describePreloadDetailById } from "./describe-preload-detail-by-id";
import { describeRefreshQuota } from "./describe-refresh-quota";
import { describeRefreshTaskById } from "./describe-refresh-task-by-id";
import { describeRefreshTasks } from "./describe-refresh-tasks";
import { pushObjectCache } from "./push-object-cache";
import { refreshObjectCaches } from "./refresh-object-caches";

/** Reads the parameters of each operation and returns the work to do. */
export const OPERATIONS: Readonly<Record<OperationName, (parameters: Parameters) => Work>> = {
  PushObjectCache: pushObjectCache,
  DescribePreloadDetailById: describePreloadDetailById,
  DescribeRefreshTaskById: describeRefreshTaskById,
  DescribeRefreshTasks: describeRefreshTasks,
  DescribeRefreshQuota: describeRefreshQuota,
  RefreshObjectCaches: refreshObjectCaches,
};
