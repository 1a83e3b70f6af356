/**
 * Lets a field hide the rows of tables that do not contain what is typed into it, nor have it among their `data-words`.
 */
export function filterTables(input: HTMLInputElement): void {
  const rows = [...document.querySelectorAll<HTMLElement>(`#${input.getAttribute('data-filters')} tbody tr`)];
  const found = document.getElementById(`${input.id}-found`);
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = `${row.textContent} ${row.getAttribute('data-words') ?? ''}`.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown++;
    }
    if (found) found.textContent = `${shown} of ${rows.length} entries`;
  });
}
