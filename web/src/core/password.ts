// What a page says of a new password while it is typed. The server decides; this is a hint.

export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 128;

/** Characters as the server counts them. */
export function lengthOf(password: string): number {
  return [...password].length;
}

export type Strength = 'short' | 'long' | 'weak' | 'fair' | 'good';

/** By length and by how many of its characters say something new: neither a repetition nor the next in a row. */
export function strengthOf(password: string): Strength {
  const characters = [...password.toLowerCase()];
  if (characters.length < PASSWORD_LEAST) return 'short';
  if (characters.length > PASSWORD_MOST) return 'long';
  const news = characters.filter((c, i) => i === 0 || Math.abs(c.codePointAt(0)! - characters[i - 1]!.codePointAt(0)!) > 1).length;
  const different = new Set(characters).size;
  if (news < 8 || different < 6) return 'weak';
  return news < 16 || different < 8 ? 'fair' : 'good';
}
