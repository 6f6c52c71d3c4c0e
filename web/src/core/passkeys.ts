// Passkeys (WebAuthn Level 2) between the browser and the server, whose bytes travel as base64url.
import type { PasskeyOffered } from './messages.gen';

/** What the server asks a passkey to sign. */
export interface PasskeyAsked {
  challenge: string;
  /** Whose passkeys they are (rpId). */
  host: string;
  /** Credentials that are the person's; none where the passkey says whose it is. */
  passkeys: string[];
}
export interface PasskeySaid {
  credential: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
}
export interface PasskeyMade {
  client_data: string;
  authenticator_data: string;
}

/** Longer than anybody looks for their telephone. */
const TIMEOUT_MS = 5 * 60_000;
/** COSE: ES256, EdDSA, RS256, as the server verifies them. */
const ALGORITHMS = [-7, -8, -257];

export function toBase64url(bytes: ArrayBuffer | Uint8Array): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}

/** A page of this host, or below it, may use its passkeys. */
export const isOf = (page: string, host: string): boolean => page === host || page.endsWith(`.${host}`);
/** Whether this browser, at this address, can have passkeys at all: an address that is a number has none. */
export function possible(page = location.hostname): boolean {
  return typeof PublicKeyCredential !== 'undefined' && !/^[\d.]+$|^\[/.test(page);
}

/** Null: the person chose not to, or took too long. */
export async function makePasskey(offered: PasskeyOffered, login: string): Promise<PasskeyMade | null> {
  const made = await chosen(
    navigator.credentials.create({
      publicKey: {
        rp: { id: offered.host, name: 'Sigap 110' },
        user: { id: fromBase64url(offered.user), name: login, displayName: login },
        challenge: fromBase64url(offered.challenge),
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: offered.known.map(described),
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
        attestation: 'none',
        timeout: TIMEOUT_MS,
      },
    }),
  );
  if (!made) return null;
  const response = made.response as AuthenticatorAttestationResponse;
  return { client_data: toBase64url(response.clientDataJSON), authenticator_data: toBase64url(response.getAuthenticatorData()) };
}

/** Null: the person chose not to, or took too long. */
export async function askPasskey(asked: PasskeyAsked): Promise<PasskeySaid | null> {
  const said = await chosen(
    navigator.credentials.get({
      publicKey: {
        rpId: asked.host,
        challenge: fromBase64url(asked.challenge),
        allowCredentials: asked.passkeys.map(described),
        userVerification: 'required',
        timeout: TIMEOUT_MS,
      },
    }),
  );
  if (!said) return null;
  const response = said.response as AuthenticatorAssertionResponse;
  return {
    credential: toBase64url(said.rawId),
    client_data: toBase64url(response.clientDataJSON),
    authenticator_data: toBase64url(response.authenticatorData),
    signature: toBase64url(response.signature),
  };
}

const described = (credential: string): PublicKeyCredentialDescriptor => ({ type: 'public-key', id: fromBase64url(credential) });

async function chosen(asked: Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await asked) as PublicKeyCredential | null;
  } catch (error) {
    if (error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError')) return null;
    throw error;
  }
}
