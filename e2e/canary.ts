// What no server of a journey may log or store in plain: it is planted at each start, kept with what the server
// leaves behind, and looked for by the last step of the tests (scripts/canary.sh).
import { appendFile, copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the tests keep what servers leave behind; nothing is kept without it. */
const KEPT = process.env.CHENGXI_KEEP;

const NUMBER = '330199198503140022';
const PHONE = '19900000937';
const PASSWORD = 'Canary-geheim-33';

/** Whether what the server leaves behind is kept. */
export const isKept = KEPT !== undefined;

/** Uses a number, a phone, a password and tokens at the server, as people do. */
export async function plant(url: string): Promise<void> {
  if (KEPT === undefined) {
    return;
  }
  const post = (path: string, body: unknown, token?: string): Promise<Response> =>
    fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
  const accounts = (await (await fetch(`${url}/api/v1/demo_accounts`)).json()) as { login_name: string; password: string; role: string }[];
  const office = accounts.find((account) => account.role === 'school_office');
  if (!office) {
    throw new Error('no demo account keeps persons');
  }
  const login = await post('/logins', { name: office.login_name, password: office.password });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const cookies = login.headers.getSetCookie().map((cookie) => cookie.slice(cookie.indexOf('=') + 1).split(';')[0] ?? '');
  await post('/logins', { name: NUMBER, password: PASSWORD });
  const found = await post('/people/find', { kind: 'resident_identity_card', number: NUMBER }, token);
  const unreadable = await post('/people/find', { kind: 'resident_identity_card', number: [PHONE] }, token);
  if (!login.ok || ![200, 404].includes(found.status) || unreadable.status !== 422) {
    throw new Error(`the canaries are not planted: ${login.status}, ${found.status}, ${unreadable.status}`);
  }
  const planted = [NUMBER, PHONE, PASSWORD, token, ...cookies].filter((secret) => secret.length >= PHONE.length);
  await appendFile(join(KEPT, 'planted'), `${planted.join('\n')}\n`);
}

/** Keeps what a server has logged and stored, under a name that no other has. */
export async function keep(name: string, folder: string, log: string): Promise<void> {
  if (KEPT === undefined) {
    return;
  }
  await writeFile(join(KEPT, `${name}.log`), log);
  for (const file of await readdir(folder)) {
    if (file.startsWith('world.sqlite')) {
      await copyFile(join(folder, file), join(KEPT, `${name}.${file}`));
    }
  }
}
