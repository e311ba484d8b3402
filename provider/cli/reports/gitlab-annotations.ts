import { showUrl } from "../../core/preload-url";
import { causeGroupsOf } from "../document/problem-urls";
import type { GateDocument } from "../document/schema";
import { reportedUrls } from "../output/shown-urls";

/** Links that GitLab shows on the job's page: more than this are no help. */
const MAX_LINKS = 50;

/** GitLab's `artifacts:reports:annotations`: a link to each URL that is not preloaded, with the reason. */
export function gitlabAnnotations(document: GateDocument): string {
  const urls = reportedUrls(document);
  const groups = causeGroupsOf(document);
  // One of each cause comes first, so that many URLs of one do not hide another.
  const problems = [
    ...groups.map(({ members }) => members[0]!),
    ...groups.flatMap(({ members }) => members.slice(1)),
  ];
  const links = problems.slice(0, MAX_LINKS).map(({ url, problem }) => ({
    external_link: {
      label: `${urls.show(url)}: ${problem}`.slice(0, 250),
      url: showUrl(/^https?:\/\//i.test(url) ? url : `https://${url}`).replace(/\?…$/, ""),
    },
  }));
  return `${JSON.stringify({ "CDN preload": links }, null, 2)}\n`;
}
