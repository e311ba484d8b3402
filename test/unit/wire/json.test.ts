import { parseWireJson } from "../../../provider/wire/json";

test("integers past 2^53 arrive as the string of their digits, everything else as JSON says", () => {
  expect(
    parseWireJson('{"a":9007199254740993,"b":-9007199254740993,"c":12,"d":1.5,"e":"9007199254740993"}'),
  ).toEqual({
    a: "9007199254740993",
    b: "-9007199254740993",
    c: 12,
    d: 1.5,
    e: "9007199254740993",
  });
});

test("big integers in lists keep their digits too", () => {
  expect(parseWireJson("[12345678901234567891]")).toEqual(["12345678901234567891"]);
});

test("what is not JSON throws a SyntaxError", () => {
  expect(() => parseWireJson("<html>")).toThrow(SyntaxError);
});
