const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari']
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\bTizen\b/, 'Tizen'],
  [/\bWeb0S\b/, 'webOS'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux']
];
const first = (known: readonly [RegExp, string][], text: string) => known.find(([sign]) => sign.test(text))?.[1];

/**
 * A browser as its owner would call it, such as `Firefox, Windows`; null when it cannot be told. Only this is kept: the
 * whole header would single out one machine among thousands.
 */
export function browserOf(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const told = [first(BROWSERS, userAgent), first(SYSTEMS, userAgent)].filter((part) => part !== undefined);
  return told.length > 0 ? told.join(', ') : null;
}
