/**
 * The core's advice names the stack's config and the resources' inputs; on the command line these are
 * options.
 */
const WORDS: readonly [RegExp, string][] = [
  [
    /Set alicloud:accessKey and alicloud:secretKey \(with --secret\) in the stack's config, or ALIBABA/g,
    "Name a --profile, or set ALIBABA",
  ],
  [/alicdn:callsPerSecond/g, "--calls-per-second"],
  [/alicdn:endpoint/g, "--endpoint"],
  [/raise `timeout`/g, "raise --timeout"],
  [/change `triggers`/g, "give another --trigger, or remove the --state file"],
  [/the output `results` has them all/g, "a report or --json has them all"],
  [/as quotaCheck says/g, "as --quota-check says"],
];

/** A text of the core in the words of the command line. */
export function inCliWords(text: string): string {
  return WORDS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}
