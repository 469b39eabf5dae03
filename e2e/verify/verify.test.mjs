// What the libraries of others say of certificates that this system made.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {verify} from './verify.mjs';

const sample = async name => JSON.parse(await readFile(new URL(`samples/${name}.json`, import.meta.url), 'utf8'));
const lists = (...names) => Promise.all(names.map(sample));

// The key of the samples, as it is printed on a certificate.
const key = 'did:key:z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z';

// The `did.json` of the samples' issuer, as the credit bank serves it.
const did = {
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
  id: 'did:web:bank.example',
  alsoKnownAs: [key],
  verificationMethod: [{
    id: `did:web:bank.example#${key.slice('did:key:'.length)}`,
    type: 'Multikey',
    controller: 'did:web:bank.example',
    publicKeyMultibase: key.slice('did:key:'.length)
  }],
  assertionMethod: [`did:web:bank.example#${key.slice('did:key:'.length)}`]
};

test('a certificate is verified by what the web address publishes', async () => {
  await verify(await sample('certificate'), {did});
});

test('without a network the key that is printed on it is enough', async () => {
  await verify(await sample('certificate'), {key});
  const other = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
  await assert.rejects(verify(await sample('certificate'), {key: other}), /not at hand/);
  await assert.rejects(verify(await sample('certificate')), /not at hand/);
});

test('a certificate of the time before there was a web address is still verified', async () => {
  const certificate = await sample('first-certificate');
  await verify(certificate);
  await verify(certificate, {key, statusLists: await lists('first-status-list')});
  const revoked = await lists('first-status-list-revoked');
  await assert.rejects(verify(certificate, {statusLists: revoked}), /revoked/);
});

test('one changed character is found, wherever it stands', async () => {
  for(const [name, options] of [['certificate', {did}], ['first-certificate', {}]]) {
    const text = JSON.stringify(await sample(name));
    for(const [from, to] of [['86.5', '96.5'], ['语文', '英文'], ['"GYW01"', '"GYW02"'], ['2026-11-23', '2026-11-24']]) {
      assert.ok(text.includes(from));
      await assert.rejects(verify(JSON.parse(text.replace(from, to)), options), /signature/i, from);
    }
  }
});

test('a term that no context defines is found', async () => {
  const certificate = await sample('certificate');
  certificate.credentialSubject.unheardOf = true;
  await assert.rejects(verify(certificate, {did}), /Safe mode/);
});

test('another issuer is refused', async () => {
  await assert.rejects(verify(await sample('certificate'), {did, issuer: 'did:web:other.example'}), /issuer/);
  await assert.rejects(verify(await sample('first-certificate'), {issuer: 'did:key:z6Mk'}), /issuer/);
});

test('the status lists decide what became of it', async () => {
  const certificate = await sample('certificate');
  await verify(certificate, {did, statusLists: await lists('revocation', 'suspension', 'message')});
  const told = async (...names) => verify(certificate, {did, statusLists: await lists(...names)});
  await assert.rejects(told('revocation-set', 'suspension', 'message'), /is revoked/);
  await assert.rejects(told('revocation', 'suspension-set', 'message'), /is suspended/);
  await assert.rejects(told('revocation', 'suspension-set', 'message-set'), /is superseded/);
  await assert.rejects(told('revocation'), /not at hand/);
});

test('a status list that was changed is refused', async () => {
  const statusLists = await lists('revocation', 'suspension', 'message');
  statusLists[1].validFrom = '2026-11-24T01:00:00.000Z';
  await assert.rejects(verify(await sample('certificate'), {did, statusLists}));
});

test('the command prints its verdict', () => {
  const command = ['verify.mjs', 'samples/certificate.json', '--key', key];
  for(const name of ['revocation', 'suspension', 'message']) {
    command.push('--status-list', `samples/${name}.json`);
  }
  assert.equal(execFileSync(process.execPath, command, {cwd: import.meta.dirname}).toString(), 'verified\n');
});
