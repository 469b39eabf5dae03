// A video says it: a teacher adds one to a lesson, and a learner plays it when she wants to, at her pace, and takes it
// along.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../axe';
import { photograph } from '../looks';
import { expect, test, type World } from '../world';

// Without a network the service worker has what was taken along.
test.use({ serviceWorkers: 'allow' });

const WORDS = '怎样安全地换插头';
/** Of the demo; the story of the wrong-answer book needs him, which has been told by then. */
const LEARNER = 'luojianhua';

/** Records a short video in the browser, whose codecs are free ones. */
async function record(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 180;
    const context = canvas.getContext('2d');
    if (!context) {
      throw new Error('there is no canvas');
    }
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm;codecs=vp8' });
    const parts: Blob[] = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    for (let frame = 0; frame < 60; frame += 1) {
      context.fillStyle = `hsl(${frame * 6} 60% 40%)`;
      context.fillRect(0, 0, canvas.width, canvas.height);
      await new Promise(requestAnimationFrame);
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}

/** A box of an MP4. */
function box(kind: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 8);
  return Buffer.concat([length, Buffer.from(kind), body]);
}

/** A track that this handler shows, coded so. */
function track(handler: string, coding: string): Buffer {
  const named = box('hdlr', Buffer.alloc(8), Buffer.from(handler), Buffer.alloc(13));
  const described = box('stsd', Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), box(coding, Buffer.alloc(28)));
  return box('trak', box('mdia', named, box('minf', box('stbl', described))));
}

/** An MP4 with subtitles and nothing to be seen, which is enough to be taken. */
function subtitled(): Buffer {
  const index = box('moov', track('vide', 'avc1'), track('sbtl', 'tx3g'));
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\x02\0isommp41')), index, box('mdat', Buffer.alloc(64, 7))]);
}

/** Begins a course with one unit. */
async function beginLesson(page: Page, world: World, code: string): Promise<void> {
  await page.goto(world.at('/courses/new'));
  await page.getByLabel('课程代码').fill(code);
  await page.getByLabel('课程名称').fill('家里的电');
  await page.getByLabel('总课时（每课时 45 分钟）').fill('60');
  await page.getByLabel('简介').fill('看得见的安全。');
  await page.getByRole('button', { name: '建立课程' }).click();
  await page.getByRole('button', { name: '添加模块' }).click();
  await page.getByRole('button', { name: '新单元', exact: true }).click();
  await page.getByLabel('单元标题').fill('换插头');
}

/** Chooses a file and sends it. */
async function send(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('音视频文件').setInputFiles({ name, mimeType, buffer });
  await page.getByRole('button', { name: '添加音视频', exact: true }).click();
}

/** What the server gives for a part of a file, past what the browser has kept of it. */
async function part(page: Page, address: string, range: string) {
  return page.evaluate(
    async ([from, wanted]) => {
      const reply = await fetch(from, { headers: { Range: wanted }, cache: 'no-store' });
      const bytes = Array.from(new Uint8Array(await reply.arrayBuffer())).slice(0, 4);
      return { status: reply.status, range: reply.headers.get('content-range'), bytes };
    },
    [address, range] as const,
  );
}

/** From its next page on, the units that somebody opens, and the first of a module that they take along, begin with this. */
async function beginUnitsWith(page: Page, html: string): Promise<void> {
  // No route hears what goes past a service worker.
  await page.addInitScript((beginning) => {
    const real = window.fetch.bind(window);
    window.fetch = async (input, init) => {
      const reply = await real(input, init);
      const { pathname } = new URL(input instanceof Request ? input.url : String(input), location.href);
      const isModule = /\/me\/courses\/[^/]+\/modules\/\d+$/.test(pathname);
      if (!reply.ok || (!isModule && !/\/me\/units\/[^/]+$/.test(pathname))) {
        return reply;
      }
      const body = await reply.json();
      const unit = isModule ? body.units[0] : body;
      unit.html = beginning + unit.html;
      return new Response(JSON.stringify(body), { status: reply.status, headers: reply.headers });
    };
  }, html);
}

const rate = (player: Locator) => player.evaluate((video: HTMLVideoElement) => video.playbackRate);

test('a teacher adds a video, and a learner plays it, at last without a network', async ({ page, world, alarms, anotherPerson }, testInfo) => {
  test.slow();
  alarms.expectRefusal(422);
  alarms.expectRefusal(416);
  await world.logIn(page, await world.account('teacher'));
  await beginLesson(page, world, `SP${testInfo.project.name === 'phone' ? 1 : 2}`);

  // What is no video is refused, whatever it calls itself.
  await page.getByText('添加音视频', { exact: true }).first().click();
  await send(page, '课.mp4', 'video/mp4', Buffer.from('%PDF-1.7'));
  await expect(page.getByText('请填写这一项。')).toBeVisible();
  await page.getByLabel('音视频说明').fill(WORDS);
  await send(page, '课.mp4', 'video/mp4', Buffer.from('%PDF-1.7'));
  await expect(page.getByText(/不是能播放的音视频/).first()).toBeVisible();
  await expectAccessible(page);

  const video = await record(page);
  await page.getByLabel('文字稿').fill('先断电，再拧螺丝。');
  await send(page, '换插头.webm', 'video/webm', video);
  await expect(page.getByText('音视频已添加，学员播放一遍约用 0.1 MB 流量。')).toBeVisible();
  const preview = page.getByRole('region', { name: '学员看到的样子' });
  const shown = preview.getByLabel(WORDS);
  await expect(shown).toHaveAttribute('preload', 'none');
  await expect(shown).toHaveAttribute('poster', /^\/api\/v1\/pictures\//);
  await expect(preview.getByText(`${WORDS} · 0.1 MB`)).toBeVisible();
  await preview.getByText('文字稿').click();
  await expect(preview.getByText('先断电，再拧螺丝。')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'editor');
  await expect(page.getByText('已保存', { exact: true })).toBeVisible();

  const address = (await shown.getAttribute('src')) ?? '';
  const length = video.length;
  expect(await part(page, address, 'bytes=0-3')).toEqual({
    status: 206,
    range: `bytes 0-3/${length}`,
    bytes: [0x1a, 0x45, 0xdf, 0xa3],
  });
  const beyond = await part(page, address, `bytes=${length}-`);
  expect([beyond.status, beyond.range]).toEqual([416, `bytes */${length}`]);

  const html = await preview.innerHTML();

  // What of a file is not kept is said, until another one is sent.
  await page.getByLabel('音视频说明').fill('换灯泡');
  await send(page, '换灯泡.mp4', 'video/mp4', subtitled());
  await expect(page.getByText(/自带的字幕没有保留/)).toBeVisible();
  await expectAccessible(page);

  // A learner finds the same player at the beginning of her lesson.
  const { page: learner, alarms: ofLearner } = await anotherPerson();
  await world.logIn(learner, { ...(await world.account('learner')), login_name: LEARNER });
  await beginUnitsWith(learner, html);
  const fetched: string[] = [];
  learner.on('request', (request) => {
    if (request.url().includes('/recordings/')) {
      fetched.push(request.url());
    }
  });
  await learner.goto(world.at('/learn'));
  await learner.locator('.course-list .row-link').first().click();
  await learner.locator('.unit-list .row-link').first().click();
  await expect(learner.getByText('本课有 1 段音视频，共 0.1 MB；点播放才用流量。')).toBeVisible();
  await learner.getByRole('radio', { name: '1.5×' }).check();
  await expectAccessible(learner);
  await photograph(learner, 'lesson');
  expect(fetched, 'nothing is fetched before it plays').toEqual([]);

  const player = learner.getByRole('article', { name: '课文' }).getByLabel(WORDS);
  await player.evaluate((playing: HTMLVideoElement) => playing.play());
  await expect.poll(() => player.evaluate((playing: HTMLVideoElement) => playing.currentTime)).toBeGreaterThan(0);
  await expect.poll(() => rate(player)).toBe(1.5);
  await player.evaluate((playing: HTMLVideoElement) => {
    playing.playbackRate = 4;
  });
  await expect.poll(() => rate(player)).toBe(1.5);
  expect(fetched.length).toBeGreaterThan(0);

  // She takes the module along, and the video with it once she has seen what it weighs.
  await learner.goto(world.at('/learn'));
  await learner.locator('.course-list .row-link').first().click();
  const module = learner.locator('section[aria-labelledby="module-1"]');
  await module.getByRole('button', { name: /^下载（/ }).click();
  await expect(module.getByText('本模块有 1 段音视频，共 0.1 MB；手机上存了 0 段。')).toBeVisible({ timeout: 60_000 });
  await expect(module.getByText(/浏览器大约还能存/)).toBeVisible();
  await expect(learner.getByText('已下载，没有网络也能学。')).toBeVisible({ timeout: 60_000 });
  await expectAccessible(learner);
  await module.getByRole('button', { name: /^下载 1 段音视频（0\.1 MB）/ }).click();
  await expect(learner.getByText('音视频已下载，没有网络也能播放。')).toBeVisible();
  await expect(module.getByText(/手机上存了 1 段。$/)).toBeVisible();
  await expectAccessible(learner);
  await photograph(learner, 'taken-along');

  ofLearner.expectNetworkFailures();
  await learner.context().setOffline(true);
  await module.locator('.row-link').first().click();
  await expect(learner.getByText('本课有 1 段音视频，手机上都有，播放不用流量。')).toBeVisible();
  await expect(player).toBeVisible();
  await player.evaluate((playing: HTMLVideoElement) => playing.play());
  await expect.poll(() => player.evaluate((playing: HTMLVideoElement) => playing.currentTime)).toBeGreaterThan(0);
  await expectAccessible(learner);

  // It can go without the texts.
  await learner.context().setOffline(false);
  await learner.goto(world.at('/learn/downloads'));
  await learner.getByRole('button', { name: /^删除音视频/ }).click();
  await expect(learner.getByText('已删除音视频，课文和练习还在。')).toBeVisible();
  await expect(learner.getByText(/手机上存了 0 段。$/)).toBeVisible();
});
