// The API as a program speaks it, for what a story needs and does not tell.
import { expect } from '@playwright/test';
import type { World } from './world';

/** Asks, or with a body tells; what comes back. */
export async function api<T>(world: World, path: string, token?: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const request = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const reply = await fetch(world.at(`/api/v1${path}`), request);
  expect(reply.ok, `${path}: ${reply.status}`).toBe(true);
  return (await reply.json()) as T;
}

/** Logs somebody of the demo in. */
export async function token(world: World, name: string): Promise<string> {
  const { password } = await world.account('learner');
  return (await api<{ access_token: string }>(world, '/logins', undefined, { name, password })).access_token;
}
