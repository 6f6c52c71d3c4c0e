// A photograph of the caller on its way to the server: made small and upright here, so that it leaves by a weak network,
// and without what the camera wrote into it; the server makes it anew all the same.

/** A face or a number plate can be told on it (src/picture/remake.h). */
const SIDE_MAX_PX = 1600;
const QUALITY = 0.82;

/** The file itself where this browser cannot draw it: the server says whether it is a photograph. */
export async function shrunk(file: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, SIDE_MAX_PX / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise((done) => canvas.toBlob((small) => done(small ?? file), 'image/jpeg', QUALITY));
  } catch {
    return file;
  }
}

/** Yields why it was not taken ("busy": a little later), or nothing. */
export async function sendPhotograph(token: string, name: string, file: Blob): Promise<string> {
  try {
    const answer = await fetch('/telepon/foto', {
      method: 'POST',
      headers: { 'X-Sigap-Call': token, 'X-Sigap-Line': name },
      body: await shrunk(file),
    });
    if (answer.status === 204) return '';
    const { code } = (await answer.json()) as { code?: string };
    return code === 'full' ? 'busy' : (code ?? 'failed');
  } catch {
    return 'busy'; // no network, or the server starts anew
  }
}
