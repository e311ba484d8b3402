/** A percentage as the service writes it: up to two decimals, and only where there are some. */
export function toServicePercent(percent: number): string {
  return `${Math.floor(percent * 100 + 1e-6) / 100}%`;
}
