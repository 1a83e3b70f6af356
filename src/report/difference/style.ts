/** The style of hops side by side: of these pages alone, so that it is not part of every report. */
export const hopsStyle = `
.beside { display: flex; flex-wrap: wrap; gap: 12px; }
.beside .hops { flex: 1 1 320px; min-width: 0; margin: 0; }
.hops figcaption { color: var(--soft); font-weight: 600; }
.hops pre { overflow: auto; margin: 4px 0; padding: 10px 14px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--panel); }
`;
