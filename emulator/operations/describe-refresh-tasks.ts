import { MAX_PAGE_SIZE } from "../../provider/wire/limits";
import type { Work } from "../call";
import type { Parameters } from "../call-record";
import { checkedTaskId, integerParameter, optionalInstantMs, optionalWord } from "../parameters";
import type { Settings } from "../scenario-types";
import type { RowView } from "../task-store";
import { wireError } from "../wire-error";
import { statusOf, statusRow, visibleViews } from "./status-row";
import { isWithinTaskWindow } from "./task-window";

/** A search over all tasks of the last three days, newest first, in pages. */
export function describeRefreshTasks(parameters: Parameters): Work {
  const filter = readFilter(parameters);
  const pageNumber = integerParameter(parameters, "PageNumber", { min: 1, max: 100_000, byDefault: 1 });
  const pageSize = integerParameter(parameters, "PageSize", { min: 1, max: MAX_PAGE_SIZE, byDefault: 20 });
  return (service) => {
    const nowMs = service.clock.nowMs();
    if (filter.startMs !== undefined && !isWithinTaskWindow(filter.startMs, nowMs)) {
      throw wireError("InvalidTime");
    }
    const recent = service.tasks.allRows.filter((row) => isWithinTaskWindow(row.submittedAtMs, nowMs));
    const found = visibleViews(recent, { nowMs, settings: service.settings })
      .filter((view) => passes(view, filter))
      .reverse();
    const { settings } = service;
    const totalCount = Math.max(0, found.length + settings.searchTotalCountOffset);
    return {
      PageNumber: pageNumber,
      PageSize: settings.searchPageSizeTold === "asked" ? pageSize : givenSize(pageSize, settings),
      TotalCount: settings.searchTotalCountAsText ? String(totalCount) : totalCount,
      Tasks: {
        CDNTask: pageOf(found, { pageNumber, pageSize, settings }).map((view) => statusRow(view, settings)),
      },
    };
  };
}

function givenSize(pageSize: number, { searchPageCap }: Settings): number {
  return Math.min(pageSize, searchPageCap);
}

function pageOf(
  found: readonly RowView[],
  asked: { readonly pageNumber: number; readonly pageSize: number; readonly settings: Settings },
): readonly RowView[] {
  const { pageNumber, pageSize, settings } = asked;
  const size = givenSize(pageSize, settings);
  const step = { noGap: size, gaps: pageSize, alwaysFirst: 0 }[settings.searchPaging];
  const from = (pageNumber - 1) * step;
  return found.slice(from, from + size);
}

interface Filter {
  readonly taskId: string | undefined;
  readonly objectPath: string | undefined;
  readonly domain: string | undefined;
  readonly objectType: string | undefined;
  readonly status: string | undefined;
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
}

function readFilter(parameters: Parameters): Filter {
  const filter: Filter = {
    taskId: parameters.TaskId ? checkedTaskId(parameters.TaskId) : undefined,
    objectPath: parameters.ObjectPath || undefined,
    domain: parameters.DomainName?.toLowerCase() || undefined,
    objectType: optionalWord(parameters, "ObjectType", ["preload", "file", "directory", "regex"]),
    status: optionalWord(parameters, "Status", ["Complete", "Refreshing", "Pending", "Failed"]),
    startMs: optionalInstantMs(parameters, "StartTime"),
    endMs: optionalInstantMs(parameters, "EndTime"),
  };
  if ((filter.domain || filter.status) && !filter.objectType) {
    throw wireError("MissingParameter", "ObjectType is mandatory for this action.");
  }
  if (filter.startMs !== undefined && filter.endMs !== undefined && filter.startMs > filter.endMs) {
    throw wireError(
      "InvalidParameters",
      "The parameters you provided are invalid. (EndTime before StartTime)",
    );
  }
  return filter;
}

/** Compares the second of `CreationTime`, including both ends. */
function passes(view: RowView, filter: Filter): boolean {
  const { row } = view;
  const createdMs = Math.floor(row.submittedAtMs / 1_000) * 1_000;
  return (
    (filter.taskId === undefined || filter.taskId === row.taskId) &&
    (filter.objectPath === undefined || filter.objectPath === row.url.url) &&
    (filter.domain === undefined || filter.domain === row.url.domain) &&
    (filter.objectType === undefined || filter.objectType === row.objectType) &&
    (filter.status === undefined || filter.status === statusOf(view)) &&
    (filter.startMs === undefined || createdMs >= filter.startMs) &&
    (filter.endMs === undefined || createdMs <= filter.endMs)
  );
}
