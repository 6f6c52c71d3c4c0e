// Signing in and out over HTTP; the session itself is a cookie that scripts cannot read.
import { askPasskey, type PasskeyAsked, type PasskeySaid } from './passkeys';

/** What else has to be proved, once the password was right. */
export interface SecondStep extends PasskeyAsked {
  ticket: string;
  /** A code of the telephone, or a recovery code. */
  totp: boolean;
}
export type SignInResult =
  | { ok: true; role: string }
  | { ok: false; code: string; wait_s?: number; step?: SecondStep };

export const signIn = (login: string, password: string): Promise<SignInResult> => say('/api/sign-in', { login, password });

export const secondStep = (login: string, ticket: string, by: { code: string } | { passkey: PasskeySaid }): Promise<SignInResult> =>
  say('/api/sign-in/second', { login, ticket, ...by });

/** By a passkey alone: it says whose it is. */
export async function signInByPasskey(): Promise<SignInResult> {
  const begun = await say('/api/sign-in/passkey', {});
  if (begun.ok || !begun.step) return begun;
  const { ticket } = begun.step;
  const passkey = await askPasskey(begun.step).catch(() => null);
  return passkey ? say('/api/sign-in/second', { ticket, passkey }) : { ok: false, code: 'no_passkey' };
}

export async function signOut(): Promise<void> {
  await fetch('/api/sign-out', { method: 'POST' }).catch(() => undefined);
}

async function say(path: string, what: object): Promise<SignInResult> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) });
    const body = (await response.json().catch(() => ({}))) as { role?: string; code?: string } & Partial<SecondStep>;
    if (response.ok && body.role) return { ok: true, role: body.role };
    if (response.status === 429) return { ok: false, code: 'slow_down', wait_s: Number(response.headers.get('retry-after')) };
    if (body.code === 'second') return { ok: false, code: 'second', step: body as SecondStep };
    return { ok: false, code: body.code ?? 'busy' };
  } catch {
    return { ok: false, code: 'no_server' };
  }
}
