// Every page of the app, as its routes name them, and which of them were checked for accessibility in this run.
import { test } from '@playwright/test';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Sends everybody on to a page of their own; nobody ever sees it. */
const CROSSROADS = '/';

const SOURCE = readFileSync(resolve('../frontend/src/routes.rs'), 'utf8');

/** The paths of `frontend/src/routes.rs`, with `:name` where anything may stand. */
export const ROUTES = [...SOURCE.matchAll(/path=path!\("([^"]+)"\)/g)]
  .map(([, path]) => path ?? '')
  .filter((path) => path !== CROSSROADS);

/** The route that shows this path; where two could, the one that names more of it. */
export function routeOf(path: string): string | undefined {
  const parts = path.split('/');
  const shows = (route: string): boolean => {
    const wanted = route.split('/');
    return wanted.length === parts.length && wanted.every((part, at) => part.startsWith(':') || part === parts[at]);
  };
  const open = (route: string): number => route.split(':').length;
  return ROUTES.filter(shows).sort((one, other) => open(one) - open(other))[0];
}

/** A file of this run: what was checked on any screen. */
const checked = (): string => join(test.info().project.outputDir, 'checked.txt');

/** A file of this run: what was judged on this size of screen. */
const judged = (): string => join(test.info().project.outputDir, `judged-${test.info().project.name}.txt`);

function note(file: string, line: string): void {
  mkdirSync(resolve(file, '..'), { recursive: true });
  appendFileSync(file, `${line}\n`);
}

function noted(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

/** Notes that the page at this address was checked. */
export function noteChecked(address: string): void {
  note(checked(), new URL(address).pathname);
}

/** Notes that a page of this build (skeleton.ts) was judged, and nothing was wrong with it. */
export function noteJudged(build: string): void {
  note(judged(), build);
}

/** Whether a page of this build was judged in this run, and nothing was wrong with it. */
export function isJudged(build: string): boolean {
  return noted(judged()).includes(build);
}

/** The routes that no journey of this run has checked. */
export function unchecked(): string[] {
  const seen = new Set(noted(checked()).map(routeOf));
  return ROUTES.filter((route) => !seen.has(route));
}
