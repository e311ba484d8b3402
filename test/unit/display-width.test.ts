import { displayWidth, fitTo, padEndTo, padStartTo, wrapTo } from "../../provider/cli/output/display-width";

test("a Chinese character takes two columns, an escape sequence none", () => {
  expect(displayWidth("预热 ok")).toBe(7);
  expect(displayWidth("\u001b[31m错误\u001b[39m")).toBe(4);
});

test("padding counts columns", () => {
  expect(padStartTo(7, "30 秒")).toBe("  30 秒");
  expect(padEndTo(7, "预热")).toBe("预热   ");
  expect(padEndTo(2, "预热中")).toBe("预热中");
});

test("a character that would be cut is left out, and a combined one stays whole", () => {
  expect(fitTo(5, "预热门禁")).toBe("预热");
  expect(fitTo(4, "预热门禁")).toBe("预热");
  expect(fitTo(9, "预热门禁")).toBe("预热门禁");
  expect(fitTo(1, "e\u0301a")).toBe("e\u0301");
});

test("a line ends after a Chinese character, never before a mark, and inside no word", () => {
  const lines = wrapTo(12, "预热 URL，等待节点完成，用 --timeout 限时。").split("\n");
  expect(lines.every((line) => displayWidth(line) <= 12)).toBe(true);
  expect(lines.every((line) => !/^[，。；：）、]/.test(line))).toBe(true);
  expect(lines.join("")).toContain("--timeout");
  expect(lines.join("").replaceAll(" ", "")).toBe("预热URL，等待节点完成，用--timeout限时。");
});
