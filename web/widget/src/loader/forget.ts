/** Takes everything of ours out of this browser, as when somebody signs out. */

export function forget(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("deskbell:")) localStorage.removeItem(key);
    }
  } catch {
    // Storage that cannot be touched holds nothing of ours.
  }
}
