// A citizen's complaint: the code that opens it is made here, and the server keeps its hash alone.

/** Crockford's base 32: nothing that is mistaken for something else. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16; // of five bits each

export function caseCode(random: Uint8Array = crypto.getRandomValues(new Uint8Array(LENGTH))): string {
  return Array.from(random.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** In groups of four, as it is written down. */
export const shownCode = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? '';

/** "#NUMBER:CODE" of an address: what a person kept. It is sent to no server but over the socket. */
export function keptIn(fragment: string): { number: string; code: string } | undefined {
  const [, number, code] = /^#?([\w-]+):([\w-]+)$/.exec(decodeURIComponent(fragment)) ?? [];
  return number && code ? { number, code } : undefined;
}
