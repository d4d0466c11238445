import { hash, randomBytes } from 'node:crypto';

/** `bw_` and 256 random bits in base64url. */
export const apiKeyForm = /^bw_[A-Za-z0-9_-]{43}$/;

/** A new API key. It is shown once; only its hash is kept. */
export function newApiKey(): string {
  return `bw_${randomBytes(32).toString('base64url')}`;
}

/**
 * The form in which keys are stored and looked up: SHA-256 in hexadecimal. A slow password hash would add nothing,
 * since 256 random bits cannot be guessed, and a look-up by hash leaks no prefix of a key through its duration.
 */
export function hashApiKey(key: string): string {
  return hash('sha256', key, 'hex');
}
