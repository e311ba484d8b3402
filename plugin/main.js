// Pulumi's Node.js language host runs this. The bundle serves what it is called by, and here that is no file.
process.title = "pulumi-resource-alicdn";
require("./dist/pulumi-resource-alicdn.js");
