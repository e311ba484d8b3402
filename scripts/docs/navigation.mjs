import { join } from "node:path";
import { API_MODULES, apiPage, CHINESE, titleOf } from "./pages.mjs";

/** The page that a reader sees first is called after the project, which tells nothing beside its other pages. */
const FIRST = { page: "index.md", title: { english: "Overview", chinese: "概览" } };

/**
 * The groups of the navigation. A page is here once, for both languages; its text is its first heading.
 *
 * @type {readonly { title: { english: string, chinese: string }, pages: readonly string[] }[]}
 */
const GROUPS = [
  {
    title: { english: "Guides", chinese: "指南" },
    pages: ["index.md", "install.md", "cli.md", "languages.md", "plugin-install.md", "emulator.md"],
  },
  {
    title: { english: "Recipes", chinese: "实践" },
    pages: [
      "recipes/blue-green-and-dns.md",
      "recipes/several-domains.md",
      "recipes/monorepo.md",
      "recipes/only-changed-files.md",
      "recipes/single-page-apps.md",
      "recipes/pipelines.md",
      "recipes/migrate-from-a-script.md",
    ],
  },
  {
    title: { english: "If something goes wrong", chinese: "出现问题时" },
    pages: ["after-a-failure.md", "troubleshooting.md", "errors.md", "interruptions.md", "faq.md"],
  },
  {
    title: { english: "Reference", chinese: "参考" },
    pages: ["configuration.md", "verdict.md", "urls.md", "lifecycle.md", "performance.md"],
  },
  {
    title: { english: "API", chinese: "API" },
    pages: ["api/index.md", ...Object.keys(API_MODULES).map(apiPage)],
  },
  {
    title: { english: "Design", chinese: "设计" },
    pages: [
      "architecture.md",
      "design/index.md",
      "design/safe-submission.md",
      "design/evidence.md",
      "design/polling.md",
      "design/pulumi-engine.md",
      "contributing.md",
      "releasing.md",
      "changelog.md",
    ],
  },
];

/**
 * The sidebar of a language. Where a page is not there in Chinese, its entry leads to the English one.
 *
 * @param {"english" | "chinese"} language
 * @param {string} staged the folder of the site's pages
 * @param {ReadonlySet<string>} written the pages that have a document of their own
 */
export function sidebar(language, staged, written) {
  return GROUPS.map(({ title, pages }) => ({
    text: title[language],
    items: pages.map((english) => {
      const chinese = `${CHINESE}/${english}`;
      const page = language === "chinese" && written.has(chinese) ? chinese : english;
      const isOfAnotherLanguage = language === "chinese" && page === english;
      const text = english === FIRST.page ? FIRST.title[language] : titleOf(join(staged, page));
      return {
        text: isOfAnotherLanguage ? `${text}（英文）` : text,
        link: `/${page.replace(/(index)?\.md$/, "")}`,
      };
    }),
  }));
}
