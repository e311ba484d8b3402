import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sidebar } from "../../scripts/docs/navigation.mjs";
import { CHINESE, handwrittenPages, STAGED } from "../../scripts/docs/pages.mjs";
import { headingAnchor, siteLink } from "../../scripts/docs/repository-links.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const staged = join(root, STAGED);
const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const repository = homepage.replace(/#.*$/, "");
const pages = await handwrittenPages(root);
const written = new Set(pages.map(({ page }) => page));

/** @type {import("vitepress").UserConfig<import("vitepress").DefaultTheme.Config>} */
const config = {
  title: "cdn-preload-gate",
  description: "CDN warm-up as an infrastructure step that can fail",
  srcDir: staged,
  outDir: join(root, "site"),
  cacheDir: join(root, ".cache/docs/vite"),
  // A tree of files that any web server serves as it is.
  cleanUrls: false,
  locales: {
    root: {
      label: "English",
      lang: "en",
      themeConfig: {
        nav: [
          { text: "Command line", link: "/cli" },
          { text: "Configuration", link: "/configuration" },
          { text: "Errors", link: "/errors" },
        ],
        sidebar: sidebar("english", staged, written),
      },
    },
    [CHINESE]: {
      label: "简体中文",
      lang: "zh-CN",
      link: `/${CHINESE}/`,
      description: "把 CDN 预热变成可以失败的基础设施步骤",
      themeConfig: {
        sidebar: sidebar("chinese", staged, written),
        outline: { label: "本页目录", level: [2, 3] },
        docFooter: { prev: "上一页", next: "下一页" },
        darkModeSwitchLabel: "外观",
        lightModeSwitchTitle: "切换到浅色模式",
        darkModeSwitchTitle: "切换到深色模式",
        sidebarMenuLabel: "目录",
        returnToTopLabel: "回到顶部",
        langMenuLabel: "切换语言",
        skipToContentLabel: "跳到正文",
        notFound: {
          title: "找不到页面",
          quote: "",
          linkLabel: "回到首页",
          linkText: "回到首页",
        },
      },
    },
  },
  themeConfig: {
    outline: { level: [2, 3] },
    socialLinks: [{ icon: "github", link: repository }],
    search: {
      provider: "local",
      options: {
        miniSearch: {
          options: {
            // Chinese has no spaces between its words. It runs in the browser too, so it uses nothing from outside.
            tokenize: (text) =>
              [...new Intl.Segmenter("zh", { granularity: "word" }).segment(text)]
                .filter(({ isWordLike }) => isWordLike)
                .flatMap(({ segment }) => segment.split(/[._]/)),
          },
        },
        locales: {
          [CHINESE]: {
            translations: {
              button: { buttonText: "搜索", buttonAriaLabel: "搜索" },
              modal: {
                displayDetails: "显示详细列表",
                resetButtonTitle: "清除",
                backButtonTitle: "关闭",
                noResultsText: "没有结果：",
                footer: { selectText: "选择", navigateText: "切换", closeText: "关闭" },
              },
            },
          },
        },
      },
    },
  },
  // The project's esbuild does not rewrite for browsers as old as the ones that VitePress names by itself.
  vite: { build: { target: "es2022" } },
  markdown: {
    anchor: { slugify: headingAnchor },
    config: (md) => {
      md.core.ruler.push("repository_links", ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const attribute = token.type === "image" ? "src" : "href";
          const link = token.attrGet(attribute);
          if (link !== null)
            token.attrSet(attribute, siteLink(link, env.relativePath, { root, repository, pages }));
        }
      });
    },
  },
};

export default config;
