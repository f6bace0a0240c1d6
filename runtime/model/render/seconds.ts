/** As Gateway API writes durations (GEP-2257): whole numbers of at most five digits, the finest unit that holds them. */
export function gatewayDuration(seconds: number): string {
  const milliseconds = Math.ceil(seconds * 1_000);
  if (milliseconds < 100_000) return milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`;
  const whole = Math.ceil(seconds);
  return whole < 100_000 ? `${whole}s` : `${Math.ceil(whole / 3_600)}h`;
}
