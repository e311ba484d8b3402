import { runGate } from "cdn-preload-gate/gate";

const outcome = await runGate({
  urls: ["https://cdn.example.com/app.js"],
  timeout: "30m",
  // Absent: the service itself. Set it to try the program with the emulator.
  connection: { endpoint: process.env.ALICDN_ENDPOINT },
});
if (!outcome.accepted) throw new Error(outcome.reasons.join("\n"));

console.log(`${outcome.verdict}: tasks ${outcome.taskIds.join(", ")}`);
