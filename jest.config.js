/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // A busy machine makes a second of many: this limit is for what hangs, and nothing is proven by its length.
  testTimeout: 120_000,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.[tj]s$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2023" },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/release/"],
};
