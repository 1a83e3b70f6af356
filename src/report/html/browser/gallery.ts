import { filterTables } from './filter.js';

for (const input of document.querySelectorAll<HTMLInputElement>('input[data-filters]')) filterTables(input);
