import { useSyncExternalStore } from 'react';
import { teamsHighContrastTheme, type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';

/** Segoe UI on Windows; elsewhere a face that draws every Vietnamese letter itself. */
const fontFamilyBase = "'Segoe UI', 'Noto Sans', 'DejaVu Sans', system-ui, sans-serif";

const light: Theme = { ...webLightTheme, fontFamilyBase };
const dark: Theme = { ...webDarkTheme, fontFamilyBase };
const highContrast: Theme = { ...teamsHighContrastTheme, fontFamilyBase };

const prefersDark = '(prefers-color-scheme: dark)';
const prefersContrast = '(prefers-contrast: more) and (forced-colors: none)';

function subscribe(changed: () => void): () => void {
  const queries = [prefersDark, prefersContrast].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    for (const query of queries) query.removeEventListener('change', changed);
  };
}

/** Under forced colours (Windows contrast themes) the browser puts the person's own colours over either theme. */
function current(): Theme {
  if (window.matchMedia(prefersContrast).matches) return highContrast;
  return window.matchMedia(prefersDark).matches ? dark : light;
}

/** Light, dark or high contrast, as the system is set, at once when it changes. */
export function useSystemTheme(): Theme {
  return useSyncExternalStore(subscribe, current);
}
