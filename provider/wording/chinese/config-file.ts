import type { ConfigInUse } from "../command-line-words";
import type { ConfigFault, ConfigFileFault, PlacedConfigFault } from "../usage-faults";
import type { ByKind, Words } from "../words";
import { allOf } from "./lists";

/** The file, and what it sets. */
export function configText({ file, settings, overruled }: ConfigInUse): string {
  const counting = settings.filter((setting) => !overruled.includes(setting));
  const without = overruled.length > 0 ? `；${allOf(overruled)} 由命令行或环境变量决定` : "";
  return `${file}: ${counting.length === 0 ? "无" : allOf(counting)}${without}`;
}

export const configFileFaults: ByKind<ConfigFileFault> = {
  severalConfigs: ({ folder, names }) =>
    `目录 ${folder} 中有 ${allOf(names)}。请只保留一个，或用 --config 指定一个。`,
  configNotReadable: ({ file, why }) => `无法读取配置文件 ${file}：${why}。`,
  configNotValid: ({ file, faults, more }, words) =>
    [
      ...faults.map((fault) => placedText(file, fault, words)),
      ...(more > 0 ? [`……另有 ${more} 处`] : []),
    ].join("\n"),
};

/** `cdn-preload-gate.config.json:3: …`, as editors and terminals link it. */
function placedText(file: string, { line, fault }: PlacedConfigFault, words: Words): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${faultText(fault, words)}`;
}

function faultText(fault: ConfigFault, words: Words): string {
  switch (fault.kind) {
    case "syntax":
      return fault.words;
    case "unknownKey":
      return `没有 ${fault.key} 这一设置${fault.similar === undefined ? "" : `，您是否想设置 ${fault.similar}？`}`;
    case "ofOneRun":
      return `${fault.key} 只用于单次运行，请在命令行中用 --${fault.option} 给出`;
    case "secret":
      return `${fault.key} 可能含有机密信息，不应放在配置文件中，因为配置文件会被提交和复制。请使用环境变量、profile 或命令行选项`;
    case "keyTwice":
      return `${fault.key} 重复设置`;
    case "wrongValue":
      return fault.placed.path.length === 0 ? "文件内容必须是由设置组成的对象" : words.placed(fault.placed);
  }
}
