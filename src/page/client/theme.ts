/** Dark or light: as the system has it, until the button is pressed. */

import { h } from "./dom.ts";

const KEY = "muchado-theme";

export function themeButton(): HTMLButtonElement {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = (): boolean =>
    (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const button = h(
    "button",
    { type: "button", class: "theme", "aria-label": "Dark theme", title: "Dark or light" },
    "◐",
  );
  const show = (): void => button.setAttribute("aria-pressed", String(isDark()));
  const chosen = remembered();
  if (chosen !== null) document.documentElement.dataset.theme = chosen;
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    remember(theme);
    show();
  });
  system.addEventListener("change", show);
  show();
  return button;
}

// A page that is opened from disk may have no storage.
function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {}
}
