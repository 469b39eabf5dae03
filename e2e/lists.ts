// Survey lists as offices have them, and how they come in; and how any list leaves as a file.
import { expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';

/** Nobody has these numbers: none begins with 330199. */
export function numbered(body: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...`330199${body}`].reduce((sum, digit, at) => sum + Number(digit) * weights[at]!, 0);
  return `330199${body}${'10X98765432'[sum % 11]}`;
}

/** The bytes that a spreadsheet program writes in China. Node reads GB18030 and does not write it. */
export function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, [number, number]>();
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      codes.set(decoder.decode(Uint8Array.of(first, second)), [first, second]);
    }
  }
  return Buffer.from([...text].flatMap((letter) => (letter < '\x80' ? [letter.charCodeAt(0)] : codes.get(letter)!)));
}

/** Uploads a list, and comes to the page that asks what its columns hold. */
export async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('文件').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: '上传并核对列名' }).click();
  await expect(page.getByRole('heading', { level: 2, name: '核对列名' })).toBeVisible();
}

/** Drags a file to where one is chosen, as a mouse does. */
export async function dragIn(page: Page, name: string, buffer: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, bytes]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], name, { type: 'text/csv' }));
      return transfer;
    },
    [name, [...buffer]] as const,
  );
  const area = page.locator('.file-drop');
  await area.dispatchEvent('dragover', { dataTransfer });
  await expect(area).toHaveClass(/is-over/);
  await area.dispatchEvent('drop', { dataTransfer });
  await expect(area).not.toHaveClass(/is-over/);
}

/** Starts the import, and waits for what it brings: new, already there, elsewhere, faulty. */
export async function importAndExpect(page: Page, figures: string[]): Promise<void> {
  await page.getByRole('button', { name: '开始导入' }).click();
  const outcome = page.getByRole('region', { name: '导入结果' });
  await expect(outcome.getByRole('definition')).toHaveText(figures);
}

/** Takes the list of the page away: what its file is called, and how many rows it has. */
export async function take(page: Page): Promise<{ name: string; rows: number }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 Excel' }).click();
  const file = await download;
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
  const said = page.getByText(/^已导出 \d+ 行/);
  await expect(said).toBeVisible();
  return { name: file.suggestedFilename(), rows: Number(/\d+/.exec(await said.innerText())?.[0]) };
}
