// The last of all, by its name: what the journeys before it have not checked is a page that nobody looks at.
import { expect, test } from '@playwright/test';
import { ROUTES, routeOf, unchecked } from '../routes';

test('an address belongs to the page that names most of it', () => {
  expect(routeOf('/roster/lists')).toBe('/roster/lists');
  expect(routeOf('/roster/019ab000-0000-7000-8000-000000000001')).toBe('/roster/:id');
  expect(routeOf('/roster/lists/new')).toBe('/roster/lists/new');
  expect(routeOf('/roster/lists/019ab000-0000-7000-8000-000000000001')).toBe('/roster/lists/:id');
  expect(routeOf('/no-such-page')).toBeUndefined();
  expect(ROUTES.length).toBeGreaterThan(90);
});

test('every page of the app was checked for accessibility by some journey', () => {
  expect(unchecked(), 'pages that no journey of this run has checked; run all of them').toEqual([]);
});
