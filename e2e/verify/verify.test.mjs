// What the libraries of others say of certificates that this system made.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {verify} from './verify.mjs';

const sample = async name => JSON.parse(await readFile(new URL(`samples/${name}.json`, import.meta.url), 'utf8'));

test('a certificate is verified', async () => {
  await verify(await sample('certificate'));
});

test('one changed character is found, wherever it stands', async () => {
  const text = JSON.stringify(await sample('certificate'));
  for(const [from, to] of [['86.5', '96.5'], ['语文', '英文'], ['"GYW01"', '"GYW02"'], ['2026-11-23', '2026-11-24']]) {
    assert.ok(text.includes(from));
    await assert.rejects(verify(JSON.parse(text.replace(from, to))), /signature/i, from);
  }
});

test('a term that no context defines is found', async () => {
  const certificate = await sample('certificate');
  certificate.credentialSubject.unheardOf = true;
  await assert.rejects(verify(certificate), /Safe mode/);
});

test('another issuer is refused', async () => {
  await assert.rejects(verify(await sample('certificate'), {issuer: 'did:key:z6Mk'}), /issuer/);
});

test('the status list decides whether it was revoked', async () => {
  const certificate = await sample('certificate');
  await verify(certificate, {statusList: await sample('status-list')});
  await assert.rejects(verify(certificate, {statusList: await sample('status-list-revoked')}), /revoked/);
});

test('a status list that was changed is refused', async () => {
  const statusList = await sample('status-list');
  statusList.validFrom = '2026-11-24T01:00:00.000Z';
  await assert.rejects(verify(await sample('certificate'), {statusList}));
});

test('the command prints its verdict', () => {
  const printed = execFileSync(process.execPath, ['verify.mjs', 'samples/certificate.json'], {cwd: import.meta.dirname});
  assert.equal(printed.toString(), 'verified\n');
});
