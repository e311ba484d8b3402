"""Runs a program by the Automation API and prints how each operation ended, as one JSON text a line.

usage: drive.py PROGRAM FOLDER

FOLDER holds a Pulumi.yaml. GATE_CONFIG is the stack's config, GATE_OPERATIONS what to do, both JSON.
"""

import json
import os
import runpy
import sys

from pulumi import automation as auto

program, folder = sys.argv[1:]
config = json.loads(os.environ["GATE_CONFIG"])
operations = json.loads(os.environ["GATE_OPERATIONS"])

stack = auto.create_or_select_stack(
    stack_name="test",
    project_name="gate",
    program=lambda: runpy.run_path(program) and None,
    opts=auto.LocalWorkspaceOptions(work_dir=folder),
)
stack.set_all_config(
    {key: auto.ConfigValue(value["value"], value.get("secret", False)) for key, value in config.items()}
)

for operation in operations:
    told = []
    try:
        if operation == "destroy":
            stack.destroy(on_output=told.append)
        elif operation == "preview":
            stack.preview(on_output=told.append)
        else:
            stack.up(on_output=told.append, target=operation.get("target") if operation != "up" else None)
        failed = False
    except Exception as error:  # What a program's own failure looks like differs by release.
        failed = True
        told.append(str(error))
    resources = stack.export_stack().deployment.get("resources") or []
    print("JSON " + json.dumps({"failed": failed, "output": "\n".join(told), "resources": resources}), flush=True)
