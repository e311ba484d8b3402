// Pulumi's Node.js language host runs this. The bundle serves what it is called by, and here that is no file's name.
process.env.CDN_PRELOAD_GATE_CALLED_BY = "pulumi-resource-alicdn";
require("./dist/pulumi-resource-alicdn.js");
