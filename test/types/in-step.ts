import type * as pulumi from "@pulumi/pulumi";
import type { faultSchema } from "../../emulator/faults";
import type { scenarioSchema, scriptReferenceSchema } from "../../emulator/scenario";
import type {
  Settings as EmulatorSettings,
  FaultInput,
  ScenarioInput,
  ScriptReference,
  SettingsInput,
  TaskScript,
  TaskScriptInput,
} from "../../emulator/scenario-types";
import type { settingsPatchSchema, settingsSchema } from "../../emulator/settings";
import type { taskScriptSchema } from "../../emulator/task-script";
import type { GateState, OpenAttempt, Submission, TaskPart, UrlFacts } from "../../provider/core/gate-state";
import type { Option } from "../../provider/core/options/option";
import type {
  CallerSettings,
  CheckedSubmission,
  CommandLineOption,
  ConnectionSettings,
  GatePolicy,
  GateSettings,
  OptionName,
  RequestSettings,
  SubmissionSettings,
  WaitSettings,
} from "../../provider/core/options/settings";
import type { OPTIONS } from "../../provider/core/options/table";
import type {
  CheckedIn,
  InputsOf,
  OptionsIn,
  Resource,
  Settings,
  WrittenValue,
} from "../../provider/core/options/values";
import type { gatePolicy } from "../../provider/core/policy-schema";
import type { TaskResult } from "../../provider/core/shown-tasks";
import type {
  gateState,
  openAttempt,
  submission,
  taskPart,
  taskResult,
  urlFacts,
} from "../../provider/core/state-schema";
import type * as z from "../../provider/core/zod";
import type { ListingGateSettings, SubmittingGateSettings } from "../../provider/gate/run-gate";
import type { listingOptions, submittingOptions } from "../../provider/gate/run-gate-schema";
import type { GateArgs, PreloadArgs, PreloadGateArgs } from "../../provider/pulumi/resource-args";

/**
 * The plain types that users' compilers read are those of the schemas and of the table of options. Nothing here runs: a
 * line whose two types differ does not compile.
 */
export type InStep = [
  // The state, what users see of it, and what checks it.
  True<Same<TaskPart, z.output<typeof taskPart>>>,
  True<Same<TaskResult, z.output<typeof taskResult>>>,
  True<Same<UrlFacts, z.output<typeof urlFacts>>>,
  True<Same<Submission, z.output<typeof submission>>>,
  True<Same<OpenAttempt, z.output<typeof openAttempt>>>,
  True<Same<GateState, z.output<typeof gateState>>>,
  // The settings of a gate, in the table, in its schemas and in `runGate`.
  True<Same<OptionName, keyof typeof OPTIONS>>,
  True<Same<CommandLineOption, FlagOption>>,
  True<Same<GateSettings, Settings<"gate">>>,
  True<Same<WaitSettings, Settings<"wait">>>,
  True<Same<RequestSettings, Settings<"request">>>,
  True<Same<SubmissionSettings, Settings<"submission">>>,
  True<Same<CallerSettings, Settings<"identity">>>,
  True<Same<ConnectionSettings, Settings<"connection">>>,
  True<Same<GatePolicy, CheckedIn<"gate">>>,
  True<Same<RequestSettings, CheckedIn<"request">>>,
  True<Same<CheckedSubmission, CheckedIn<"submission">>>,
  True<Same<GateSettings, z.input<typeof gatePolicy>>>,
  True<Same<GatePolicy, z.output<typeof gatePolicy>>>,
  True<Same<Omit<SubmittingGateSettings, "taskIds" | Surroundings>, z.input<typeof submittingOptions>>>,
  True<Same<Omit<ListingGateSettings, Surroundings>, z.input<typeof listingOptions>>>,
  // The inputs of the resources, and the table.
  True<Same<GateArgs, ArgsInGate>>,
  True<Same<PreloadArgs, ArgsOf<"Preload">>>,
  True<Same<PreloadGateArgs, ArgsOf<"PreloadGate">>>,
  // The emulator, and its schemas.
  True<Same<TaskScriptInput, z.input<typeof taskScriptSchema>>>,
  True<Same<TaskScript, z.output<typeof taskScriptSchema>>>,
  True<Same<ScriptReference, z.input<typeof scriptReferenceSchema>>>,
  True<Same<FaultInput, z.input<typeof faultSchema>>>,
  True<Same<SettingsInput, z.input<typeof settingsPatchSchema>>>,
  True<Same<EmulatorSettings, z.output<typeof settingsSchema>>>,
  True<Same<ScenarioInput, z.input<typeof scenarioSchema>>>,
];

type True<Is extends true> = Is;
/** Also told apart: an optional member from none, and one that may be `undefined` from one that may not. */
type Same<Written, Made> = Identical<Plain<Written>, Plain<Made>>;
type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** A type as one object: whether it is written as an interface, extends others, or can be changed, does not count. */
type Plain<Type> = Type extends readonly (infer Item)[]
  ? Plain<Item>[]
  : Type extends object
    ? { -readonly [Key in keyof Type]: Plain<Type[Key]> }
    : Type;

/** What a run takes that no schema checks. */
type Surroundings = "signal" | "previous" | "connection";

type Rows = typeof OPTIONS;

type FlagOption = {
  [Name in keyof Rows]: Rows[Name]["setBy"] extends { readonly commandLine: object } ? Name : never;
}[keyof Rows];

type ArgsInGate = { [Name in keyof OptionsIn<"gate">]?: WrittenValue<Rows[Name]> };

type ArgsOf<Of extends Resource> = {
  [Name in RequiredIn<Of>]: InputOf<Rows[Name]>;
} & {
  [Name in Exclude<keyof InputsOf<Of>, RequiredIn<Of>>]?: InputOf<Rows[Name]>;
} & { gate?: pulumi.Input<GateArgs> };

type RequiredIn<Of extends Resource> = {
  [Name in keyof InputsOf<Of>]: InputsOf<Of>[Name] extends {
    readonly setBy: { readonly resource: { readonly [Key in Of]: "required" } };
  }
    ? Name
    : never;
}[keyof InputsOf<Of>];

/** A value that may be an output, and so may its parts. */
type InputOf<Row extends Option> = WithOutputs<Row["type"]["kind"], WrittenValue<Row>>;

type WithOutputs<Kind, Value> = Kind extends "urls"
  ? Strings
  : Kind extends "taskIds"
    ? pulumi.Input<string> | Strings
    : Kind extends "headers"
      ? pulumi.Input<Record<string, Strings>>
      : Kind extends "values"
        ? pulumi.Input<unknown[]>
        : pulumi.Input<Value>;

type Strings = pulumi.Input<pulumi.Input<string>[]>;
