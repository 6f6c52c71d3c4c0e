// Signing in and out over HTTP; the session itself is a cookie that scripts cannot read.
export type SignInResult = { ok: true; role: string } | { ok: false; code: string; wait_s?: number };

export async function signIn(login: string, password: string): Promise<SignInResult> {
  try {
    const response = await fetch('/api/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    const body = (await response.json().catch(() => ({}))) as { role?: string; code?: string };
    if (response.ok && body.role) return { ok: true, role: body.role };
    if (response.status === 429) return { ok: false, code: 'slow_down', wait_s: Number(response.headers.get('retry-after')) };
    return { ok: false, code: body.code ?? 'busy' };
  } catch {
    return { ok: false, code: 'no_server' };
  }
}

export async function signOut(): Promise<void> {
  await fetch('/api/sign-out', { method: 'POST' }).catch(() => undefined);
}
