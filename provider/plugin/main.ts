import { runPlugin } from "./run-plugin";

void runPlugin(process.argv);
