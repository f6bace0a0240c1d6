/**
 * The one name of a zone that has several (`Etc/UTC` is `UTC`, `Asia/Calcutta` is `Asia/Kolkata`), in one spelling; null for what is no IANA
 * time zone of this machine.
 */
export function zoneName(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
