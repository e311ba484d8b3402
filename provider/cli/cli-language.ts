import { type Language, languageOfLocale, languageOfTag } from "../core/language";

/** Variables that name the reader's locale: our own, then those of POSIX, each before the next. */
const VARIABLES = ["ALICDN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] as const;

/**
 * The language of messages and reports: by `--lang`, else by the first variable that is set. What is wrong with a
 * command line has to be told in it too, so it is read before the command line is.
 */
export function cliLanguage(
  argv: readonly string[] = process.argv,
  env: NodeJS.ProcessEnv = process.env,
): Language {
  const given = languageOfTag(languageOption(argv) ?? "");
  return given ?? languageOfLocale(VARIABLES.map((name) => env[name]).find((value) => value));
}

/** The value of `--lang`, where it is given. */
export function languageOption(argv: readonly string[]): string | undefined {
  const end = argv.indexOf("--");
  const options = end < 0 ? argv : argv.slice(0, end);
  const at = options.findIndex((argument) => /^--lang(=|$)/.test(argument));
  if (at < 0) return undefined;
  const argument = options[at] as string;
  return argument.startsWith("--lang=") ? argument.slice("--lang=".length) : options[at + 1];
}

/** A command line without `--lang`. */
export function withoutLanguage(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const isOption = (at: number) => end < 0 || at < end;
  return argv.filter(
    (argument, at) =>
      !isOption(at) || !(/^--lang(=|$)/.test(argument) || (at > 0 && argv[at - 1] === "--lang")),
  );
}
