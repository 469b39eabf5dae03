// What an authenticator app does: the code of this half minute (RFC 6238).
import { createHmac } from 'node:crypto';

const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** The code that a secret in base32 shows now, or some steps from now. */
export function totp(secret: string, steps = 0): string {
  const bits = [...secret.replaceAll(' ', '')].map((letter) => BASE_32.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + steps));
  const hash = createHmac('sha1', Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))).update(counter).digest();
  const from = (hash[hash.length - 1] ?? 0) & 0x0f;
  return ((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).toString().padStart(6, '0');
}
