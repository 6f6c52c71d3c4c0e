// Where names stand on a map so that none is printed over another, or over somebody else's mark.

export interface Named {
  x: number;
  y: number;
  /** Of its mark. */
  radius: number;
  /** Of its name as it is written; no name, no width. */
  width: number;
  /** Lower comes first where there is room for one. */
  rank: number;
}

/** The left end of the name and the middle of its line. */
export interface Placed {
  x: number;
  y: number;
}

const HEIGHT = 16; // of a line of 13 px
const GAP = 4;

type Box = { left: number; top: number; right: number; bottom: number };
const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** A place for each name, right of its mark where that is free, else left, below, above; none where all are taken. */
export function placeLabels(named: readonly Named[]): (Placed | undefined)[] {
  const taken: Box[] = [];
  const marks = named.map(({ x, y, radius }) => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }));
  const placed: (Placed | undefined)[] = named.map(() => undefined);
  const order = named.map((_, index) => index).sort((a, b) => named[a]!.rank - named[b]!.rank || a - b);
  for (const index of order) {
    const { x, y, radius, width } = named[index]!;
    if (!width) continue;
    const away = radius + GAP;
    const free = [
      { x: x + away, y },
      { x: x - away - width, y },
      { x: x - width / 2, y: y + away + HEIGHT / 2 },
      { x: x - width / 2, y: y - away - HEIGHT / 2 },
    ].find((at) => {
      const box = { left: at.x, top: at.y - HEIGHT / 2, right: at.x + width, bottom: at.y + HEIGHT / 2 };
      return !taken.some((other) => meet(box, other)) && !marks.some((mark, other) => other !== index && meet(box, mark));
    });
    if (!free) continue;
    placed[index] = free;
    taken.push({ left: free.x, top: free.y - HEIGHT / 2, right: free.x + width, bottom: free.y + HEIGHT / 2 });
  }
  return placed;
}
