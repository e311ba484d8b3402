/** A percentage as the service writes it, with up to two decimals and no trailing zeros. */
export function toServicePercent(percent: number): string {
  return `${Math.floor(percent * 100 + 1e-6) / 100}%`;
}
