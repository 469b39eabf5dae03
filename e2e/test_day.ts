// A test that begins soon: planned, registered for, seated in one room and armed, over the API. Other stories do all that
// by hand (seats, put-right, road); this is for those that tell of the day.
import { expect } from '@playwright/test';
import { api, token } from './api';
import type { World } from './world';

const COURSE = 'GSX01';
const SITE = '织里镇成校考点';
/** Items of its paper. */
const CHOICES = 6;
/** It begins at a full minute, and no sooner than after so many of them. */
const STARTS_AFTER_MIN = 2.5;

/** What is wanted of the test. */
export interface WantedTest {
  title: string;
  /** Working time in minutes. */
  minutes: number;
  /** The number of a room that is entered for it. */
  room: number;
  /** Account names of those who register. */
  candidates: string[];
}

/** A test that is ready to begin. */
export interface ReadyTest {
  /** The exam session. */
  id: string;
  /** The room in which everybody sits. */
  roomId: string;
}

type Named = { id: string };
type Plan = Named & { outcome: { sites: { rooms: { room: Named; seats: unknown[] }[] }[] } };

/** Prepares it, with both administrators where it takes two. */
export async function prepareTest(world: World, wanted: WantedTest): Promise<ReadyTest> {
  const [first, second] = [await token(world, 'exam1'), await token(world, 'exam2')];
  const { id: siteId } = await enterRoom(world, first, wanted.room);
  const { id } = await api<Named>(world, '/exam_sessions', first, await planOf(world, [first, second], wanted));
  const path = `/exam_sessions/${id}`;
  for (const administrator of [first, second]) {
    await api(world, `${path}/open_registration`, administrator, {});
  }
  for (const name of wanted.candidates) {
    await api(world, `${path}/registrations`, await token(world, name), {});
  }
  await api(world, `${path}/arrange`, first, {});
  const sites = [{ exam_site_id: siteId, serves: [] }];
  const plan = await api<Plan>(world, `${path}/seat_plans`, first, { sites, accessible: [], seed: null });
  const rooms = plan.outcome.sites.flatMap((site) => site.rooms);
  expect(rooms.map((one) => one.seats.length), 'who sits in which room').toEqual([wanted.candidates.length]);
  await api(world, `/seat_plans/${plan.id}/confirm`, first, {});
  for (const administrator of [first, second]) {
    await api(world, `${path}/arm`, administrator, {});
  }
  return { id, roomId: rooms[0]!.room.id };
}

/** Enters a room at the site. */
async function enterRoom(world: World, office: string, number: number): Promise<Named> {
  const { items } = await api<{ items: Named[] }>(world, `/exam_sites?name=${encodeURIComponent(SITE)}`, office);
  const site = items[0]!;
  await api(world, `/exam_sites/${site.id}/rooms`, office, {
    number,
    name: `实训楼 ${number}`,
    rows: 5,
    columns: 6,
    capacity: 30,
    devices: null,
    accessible_seats: [],
    has_extra_time: false,
    state: 'open',
  });
  return site;
}

/** A sealed paper of the demo's oldest choices. Its key is read out only while no other test of it is to come, so it is this
 * test's own: other stories plan with the newest paper of the course, which is sealed before it. */
async function sealOwn(world: World, [first, second]: [string, string], course: Named, title: string): Promise<Named> {
  const choices = `/items?course_id=${course.id}&state=approved&kind=single_choice&limit=200`;
  const { items } = await api<{ items: Named[] }>(world, choices, first);
  const chosen = items.slice(-CHOICES).map(({ id }) => ({ item_id: id, points: 200 }));
  const compose = (name: string): Promise<Named> =>
    api<Named>(world, '/papers', first, { course_id: course.id, title: name, items: chosen });
  const [own, newest] = [await compose(title), await compose(`${title} 备用`)];
  for (const { id } of [newest, own]) {
    await api(world, `/papers/${id}/propose_seal`, first, {});
    await api(world, `/papers/${id}/seal`, second, {});
  }
  return own;
}

/** The plan, with a paper of its own. */
async function planOf(world: World, office: [string, string], { title, minutes }: WantedTest): Promise<object> {
  const courses = await api<{ items: { id: string; code: string }[] }>(world, `/courses?text=${COURSE}`);
  const course = courses.items.find(({ code }) => code === COURSE)!;
  const paper = await sealOwn(world, office, course, title);
  const starts = Math.ceil(Date.now() / 60_000 + STARTS_AFTER_MIN) * 60_000;
  return {
    title,
    course_id: course.id,
    paper_id: paper.id,
    starts_at: new Date(starts).toISOString(),
    duration_min: minutes,
    rules: { grace_s: 30, late_window_min: 10, asks_entry_code: true, focus_policy: 'warn' },
  };
}
