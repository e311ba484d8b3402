import { faultSchema } from "../../emulator/faults";
import { OPERATION_NAMES } from "../../emulator/operation-name";
import { ruleSchema, scenarioSchema, scriptReferenceSchema } from "../../emulator/scenario";
import { settingsPatchSchema, settingsSchema } from "../../emulator/settings";
import { taskScriptSchema } from "../../emulator/task-script";
import { expectSource } from "../docs/interface-text";
import { typesOf } from "../docs/schema-types";

/** Users' compilers and editors read these, and a schema's own types are too much for both. */
test("the emulator's types for users are plain, and made from its schemas", () => {
  expectSource(
    "emulator/scenario-types.ts",
    [
      "// Made from the schemas of a scenario: UPDATE_DOCS=1 npm test -- test/emulator/scenario-types\n",
      'import type { OperationName } from "../provider/wire/limits";\n',
      typesOf(
        [
          {
            name: "TaskScriptInput",
            doc: "A script as written by hand. The default of each field is that of a URL which passes.",
            schema: taskScriptSchema,
            io: "input",
          },
          {
            name: "TaskScript",
            doc: "A script with every field set.",
            schema: taskScriptSchema,
            io: "output",
          },
          {
            name: "ScriptReference",
            doc: "A script as given: its name, or its fields.",
            schema: scriptReferenceSchema,
            io: "input",
            as: "string | TaskScriptInput",
          },
          { name: "FaultInput", doc: "A fault as given.", schema: faultSchema, io: "input" },
          {
            name: "SettingsInput",
            doc: "Settings as given. Others keep their values.",
            schema: settingsPatchSchema,
            io: "input",
          },
          {
            name: "Settings",
            doc: "The current settings: the account, its limits, and behaviour that the API reference does not specify.",
            schema: settingsSchema,
            io: "output",
          },
          { name: "RuleInput", doc: "Assigns a script to URLs.", schema: ruleSchema, io: "input" },
          { name: "ScenarioInput", doc: "A scenario as given.", schema: scenarioSchema, io: "input" },
        ],
        { OperationName: OPERATION_NAMES },
      ),
      '/** The kinds of faults. */\nexport type FaultKind = FaultInput["kind"];\n',
    ].join("\n"),
  );
});
