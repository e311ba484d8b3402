import type { SettingName } from "../core/failure-facts";
import type { Problem } from "../core/problems";
import type { ByKind } from "./words";

/** What only Pulumi's fronts say. */
export interface PulumiWords {
  readonly notPassed: ByKind<NotPassed>;
  /** A gate with the reason that it has not passed for. */
  readonly hasNotPassed: (gate: string, reason: string) => string;
  /** What stands for the name of a gate that was given none. */
  readonly theGate: string;
  readonly faults: ByKind<PulumiFault>;
}

/** Why a saved verdict lets nothing pass. */
export type NotPassed =
  /** It is about other inputs than the program's. */
  | { readonly kind: "otherInputs" }
  | { readonly kind: "doesNotWait" }
  /** The reasons that are saved, in words. */
  | { readonly kind: "reasons"; readonly reasons: readonly string[] }
  | { readonly kind: "verdict"; readonly verdict: string };

/** What a program or a configuration asks for and cannot have. */
export type PulumiFault =
  | { readonly kind: "notImportable"; readonly resource: string; readonly name: string }
  | { readonly kind: "notReadById" }
  | { readonly kind: "noFiles"; readonly folder: string }
  | { readonly kind: "staysUnhealthy"; readonly name: string | undefined }
  | {
      readonly kind: "unknownSetting";
      readonly setting: string;
      readonly settings: readonly string[];
      /** The one that it resembles. */
      readonly meant: SettingName | undefined;
    }
  /** One that the plugin reads, and this package reads under another name. */
  | { readonly kind: "settingOfPlugin"; readonly setting: string; readonly own: SettingName }
  | { readonly kind: "importId"; readonly resource: string; readonly problem: Problem }
  | { readonly kind: "nothingToImport"; readonly taskIds: readonly string[] }
  | { readonly kind: "oneAccount" }
  | { readonly kind: "unknownFunction"; readonly token: string }
  | { readonly kind: "unknownResource"; readonly token: string; readonly tokens: readonly string[] }
  | { readonly kind: "inputsMissing" }
  /** The Pulumi SDK, which the resources need. */
  | { readonly kind: "sdkMissing" }
  | {
      readonly kind: "sdkOfOtherVersion";
      readonly oldest: string;
      /** The first major version that is not known to work. */
      readonly before: number;
      readonly found: string;
    };
