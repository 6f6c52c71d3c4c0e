import { expect, test } from 'vitest';
import { fromBase64url, isOf, toBase64url } from './passkeys';

test('bytes travel as base64url and come back', () => {
  const bytes = Uint8Array.from([0, 251, 255, 62, 63]);
  expect(toBase64url(bytes)).toBe('APv_Pj8');
  expect([...fromBase64url('APv_Pj8')]).toEqual([...bytes]);
});

test('passkeys are of a host and what is below it', () => {
  expect(isOf('110.example.go.id', '110.example.go.id')).toBe(true);
  expect(isOf('desk.110.example.go.id', '110.example.go.id')).toBe(true);
  expect(isOf('evil110.example.go.id', '110.example.go.id')).toBe(false);
  expect(isOf('127.0.0.1', 'localhost')).toBe(false);
});
