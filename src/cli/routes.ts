import type { Exploration } from '../workbench.js';
import type { HttpAnswer, Routes } from './local-server.js';

/**
 * What the server of `snk-verify explore` answers: its page, and for the page's script sessions and executions to keep.
 */
export function routesOf({ page, view, exported }: Exploration): Routes {
  const json = (value: object, attachment?: string): HttpAnswer => {
    if ('impossible' in value)
      return { status: 404, type: 'application/json', body: `${JSON.stringify({ problem: value.impossible })}\n` };
    const body = `${JSON.stringify(value, null, 2)}\n`;
    return { status: 200, type: 'application/json', body, ...(attachment === undefined ? {} : { attachment }) };
  };
  const actions = (query: URLSearchParams): string => query.get('actions') ?? '';
  return new Map<string, (query: URLSearchParams) => HttpAnswer>([
    ['/', () => ({ status: 200, type: 'text/html', body: page })],
    ['/session', (query) => json(view(actions(query)))],
    ['/export', (query) => json(exported(actions(query)), 'execution.json')],
  ]);
}
