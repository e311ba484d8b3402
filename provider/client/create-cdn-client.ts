import { GateError } from "../core/errors";
import { IncompleteSearchError } from "../core/incomplete-search";
import { instantMs } from "../core/instant";
import { type PlacedProblem, type Problem, problemsOf } from "../core/problems";
import type { QuotaCount, StatusResponse, StatusRow, TaskDetail } from "../core/task";
import type * as z from "../core/zod";
import { redactWords } from "../transport/redact";
import type { Transport } from "../transport/service-transport";
import { isAllowListRefusal } from "../wire/error-codes";
import { MAX_PAGE_SIZE, type OperationName } from "../wire/limits";
import { ANSWER_SCHEMAS } from "../wire/operations";
import { isoSeconds } from "../wire/signature-v3";
import type { CallOptions, CdnClient, PushRequest, RefreshTaskFilter } from "./cdn-client";
import { secretHeaderValues } from "./secret-header-values";

/** Creates the client over a transport, which stays the caller's to close. */
export function createCdnClient(transport: Transport): CdnClient {
  const ask = caller(transport);
  return {
    hide: (values) => transport.hide?.(values),
    pushObjectCache: async (request, options) => {
      transport.hide?.(secretHeaderValues(request.headers));
      const { data } = await ask("PushObjectCache", pushParameters(request), options);
      return { taskIds: data.PushTaskId, requestId: data.RequestId };
    },
    describePreloadDetailById: (taskId, options) => describeDetail(ask, taskId, options),
    describeRefreshTaskById: async (taskIds, options) => {
      const { data } = await ask("DescribeRefreshTaskById", { TaskId: taskIds.join(",") }, options);
      const rows = data.Tasks.map(toStatusRow);
      return { requestId: data.RequestId, rows, ...unseenOf(data.TotalCount, rows) };
    },
    describeRefreshTasks: (filter, options) => describeAllPages(ask, filter, options),
    describeRefreshQuota: async (options) => {
      const { data } = await ask("DescribeRefreshQuota", {}, options);
      return {
        requestId: data.RequestId,
        preloadL2: toQuotaCount(data.PreloadQuota, data.PreloadRemain),
        preloadL1: toQuotaCount(data.PreloadEdgeQuota, data.PreloadEdgeRemain),
        refreshUrls: toQuotaCount(data.UrlQuota, data.UrlRemain),
      };
    },
    refreshObjectCaches: async (urls, options) => {
      const parameters = { ObjectPath: urls.join("\n"), ObjectType: "File" };
      const { data } = await ask("RefreshObjectCaches", parameters, options);
      return { taskIds: data.RefreshTaskId, requestId: data.RequestId };
    },
    serverNowMs: (guess) => transport.serverNowMs(guess),
    knowsServerTime: () => transport.knowsServerTime(),
    callCount: () => transport.callCount(),
  };
}

/** The operations that start something. */
const SUBMISSIONS: readonly OperationName[] = ["PushObjectCache", "RefreshObjectCaches"];

type AnswerOf<O extends OperationName> = z.output<(typeof ANSWER_SCHEMAS)[O]>;

/** Calls an operation and checks its answer. */
type Ask = <O extends OperationName>(
  operation: O,
  parameters: Readonly<Record<string, string>>,
  options: CallOptions | undefined,
) => Promise<{ data: AnswerOf<O>; malformed: (fault: PlacedProblem) => GateError }>;

function caller(transport: Transport): Ask {
  return async <O extends OperationName>(
    operation: O,
    parameters: Readonly<Record<string, string>>,
    options: CallOptions | undefined,
  ) => {
    const kind = SUBMISSIONS.includes(operation) ? "submission" : "query";
    const answer = await transport.call(operation, parameters, { ...options, kind });
    const mayHaveBeenAccepted = kind === "submission";
    const malformed = (fault: PlacedProblem) =>
      new GateError(
        { kind: "malformedAnswer", fault },
        { operation, httpStatus: answer.httpStatus, requestId: answer.requestId, mayHaveBeenAccepted },
      );
    redactWordsIn(answer.body, transport);
    const parsed = ANSWER_SCHEMAS[operation].safeParse(answer.body);
    if (!parsed.success) {
      throw malformed(problemsOf(parsed.error)[0]!);
    }
    return { data: parsed.data as AnswerOf<O>, malformed };
  };
}

/**
 * The service's own words may quote the user's, with all that a URL or a header holds. Only its words: a URL or a
 * domain has to stay as it is to be matched, and may hold what a header holds, too.
 */
function redactWordsIn(body: unknown, transport: Transport): void {
  const redact = (text: string) => transport.redact?.(text) ?? redactWords(text);
  const known = new Map<string, string>();
  const redactIn = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const fields = value as Record<string, unknown>;
    for (const name in fields) {
      const inner = fields[name];
      if (typeof inner !== "string") redactIn(inner);
      else if (name === "Description") {
        // Thousands of rows say the same.
        if (!known.has(inner)) known.set(inner, redact(inner));
        fields[name] = known.get(inner);
      }
    }
  };
  redactIn(body);
}

function pushParameters(request: PushRequest): Record<string, string> {
  return withoutAbsent({
    ObjectPath: request.urls.join("\n"),
    Area: request.area,
    L2Preload: request.l2Preload?.toString(),
    QueryHashkey: request.queryHashKey?.toString(),
    WithHeader: request.headers === undefined ? undefined : JSON.stringify(request.headers),
  });
}

async function describeDetail(
  ask: Ask,
  taskId: string,
  options: CallOptions | undefined,
): Promise<TaskDetail> {
  const { data, malformed } = await ask("DescribePreloadDetailById", { TaskId: taskId }, options).catch(
    (error: unknown) => {
      throw asAllowListRefusal(error);
    },
  );
  const entries = data.UrlDetails.map((entry, index) => {
    if (entry.TaskId !== taskId) {
      // A verdict about another task would be worse than none.
      const problem = { kind: "otherTask", found: entry.TaskId, taskId } as const;
      throw malformed({ path: ["UrlDetails", index, "TaskId"], problem });
    }
    return {
      taskId: entry.TaskId,
      domain: entry.Domain,
      creationTime: entry.CreationTime,
      createdMs: instantMs(entry.CreationTime),
      endTime: entry.EndTime,
      endedMs: instantMs(entry.EndTime),
      retCode: entry.RetCode,
      processPercent: entry.Process,
      status: entry.Status,
      rows: entry.Urls.map((row) => ({
        path: withoutLineBreaks(row.Url),
        successPercent: row.Success,
        description: row.Description,
      })),
    };
  });
  return { requestId: data.RequestId, entries, ...unseenOf(data.TotalCount, entries) };
}

/** What the service counts and does not show is evidence that is missing. A count below what it shows is no fault. */
function unseenOf(totalCount: number | undefined, shown: readonly unknown[]): { unseenCount?: number } {
  const unseenCount = (totalCount ?? 0) - shown.length;
  return unseenCount > 0 ? { unseenCount } : {};
}

function asAllowListRefusal(error: unknown): unknown {
  const isRefusal =
    error instanceof GateError &&
    error.serviceCode !== undefined &&
    isAllowListRefusal(error.serviceCode, error.httpStatus);
  return isRefusal ? new GateError({ kind: "notOnAllowList", refusal: error }, error) : error;
}

/** More pages than any honest search has: 10,000 URLs in the smallest pages that a service was seen to give. */
const MAX_PAGES = 1_000;
/** Pages in a row that show nothing new, after which nothing new is to be expected. */
const MAX_BARREN_PAGES = 10;

/**
 * Reads all pages. A URL that is missing from the result may be submitted again, so a search is complete only once
 * it has shown as many different rows as the largest `TotalCount` names. A page that is shorter than asked says
 * nothing, and a search that ends sooner is an error and not a short result.
 */
async function describeAllPages(
  ask: Ask,
  filter: RefreshTaskFilter,
  options: CallOptions | undefined,
): Promise<StatusResponse> {
  const parameters = filterParameters(filter);
  const collected = new CollectedRows();
  let barrenPages = 0;
  for (let page = 1; ; page += 1) {
    const pageParameters = { ...parameters, PageSize: String(MAX_PAGE_SIZE), PageNumber: String(page) };
    const { data, malformed } = await ask("DescribeRefreshTasks", pageParameters, options);
    const incomplete = (field: string, problem: Problem) =>
      new IncompleteSearchError(malformed({ path: [field], problem }), collected.rows);
    if (data.PageNumber !== page) {
      throw incomplete("PageNumber", { kind: "otherPage", found: data.PageNumber, page });
    }
    const added = collected.add(data.Tasks.map(toStatusRow), data.TotalCount);
    if (collected.isComplete) return { requestId: data.RequestId, rows: collected.rows };
    const { totalCount, count } = collected;
    const seen = { page, totalCount, received: count };
    if (data.Tasks.length === 0) throw incomplete("Tasks", { kind: "emptyPage", ...seen });
    // A page can repeat one row while further ones are to come; not so once as many rows have come as there are.
    barrenPages = added === 0 ? barrenPages + 1 : 0;
    const repeats = added === 0 && (collected.received >= totalCount || barrenPages >= MAX_BARREN_PAGES);
    if (repeats || page >= MAX_PAGES) {
      throw incomplete("Tasks", { kind: repeats ? "repeatedRows" : "tooManyPages", ...seen });
    }
  }
}

/** The rows of a search, page by page. */
class CollectedRows {
  readonly #rows = new Map<string, StatusRow>();
  #firstCount: number | undefined;
  #largestCount = 0;
  #repeats = 0;
  #received = 0;

  get rows(): StatusRow[] {
    return [...this.#rows.values()];
  }

  get count(): number {
    return this.#rows.size;
  }

  /** Rows that came, those that came again among them. */
  get received(): number {
    return this.#received;
  }

  /** The largest `TotalCount` so far. */
  get totalCount(): number {
    return this.#largestCount;
  }

  /**
   * New tasks push rows to the next page while we read: each makes the count grow by one, and a row that is known
   * come again. They are younger than the question, so that it is answered without them.
   */
  get isComplete(): boolean {
    const pushed = Math.min(this.#repeats, this.#largestCount - (this.#firstCount ?? 0));
    return this.count + pushed >= this.#largestCount;
  }

  /** @returns how many of a page's rows are new. */
  add(page: readonly StatusRow[], totalCount: number): number {
    const before = this.count;
    const ofPage = new Map(
      page.map((row) => [JSON.stringify([row.taskId, row.objectType, row.url, row.creationTime]), row]),
    );
    for (const [key, row] of ofPage) this.#rows.set(key, row);
    const added = this.count - before;
    this.#repeats += ofPage.size - added;
    this.#received += page.length;
    this.#firstCount ??= totalCount;
    this.#largestCount = Math.max(this.#largestCount, totalCount);
    return added;
  }
}

function filterParameters(filter: RefreshTaskFilter): Record<string, string> {
  return withoutAbsent({
    ObjectPath: filter.url,
    DomainName: filter.domain,
    ObjectType: filter.objectType,
    Status: filter.status,
    StartTime: filter.startTimeMs === undefined ? undefined : isoSeconds(filter.startTimeMs),
    // The wire knows whole seconds: round outwards, so that the window never shrinks.
    EndTime: filter.endTimeMs === undefined ? undefined : isoSeconds(filter.endTimeMs + 999),
  });
}

function toStatusRow(row: AnswerOf<"DescribeRefreshTaskById">["Tasks"][number]): StatusRow {
  return {
    taskId: row.TaskId,
    url: withoutLineBreaks(row.ObjectPath),
    objectType: row.ObjectType,
    status: row.Status,
    processPercent: row.Process,
    creationTime: row.CreationTime,
    createdMs: instantMs(row.CreationTime),
    description: row.Description,
  };
}

function toQuotaCount(total: number | undefined, remaining: number | undefined): QuotaCount | undefined {
  return remaining === undefined ? undefined : { total, remaining };
}

function withoutLineBreaks(text: string): string {
  return text.replace(/[\r\n]/g, "");
}

function withoutAbsent(parameters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
