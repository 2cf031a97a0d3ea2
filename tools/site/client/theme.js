// Sets the chosen colours before the page is drawn. Without a choice they are the system's.

try {
  const chosen = localStorage.getItem('vitrine-docs:theme');
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // The browser refuses storage: the system's colours stay.
}
