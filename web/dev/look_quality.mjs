// Looks at those who look over an operator's shoulder: listening in on both screens, and the reviews of handled calls.
const FORM = [
  ['place_first', 'call', 'Menanyakan dan memastikan tempat kejadian lebih dulu', 'Asked for the place first, and made sure of it', 3],
  ['danger', 'call', 'Menanyakan bahaya: luka, senjata, api, anak', 'Asked about danger: injuries, weapons, fire, children', 3],
  ['led', 'call', 'Memimpin percakapan dan menenangkan penelepon', 'Led the conversation and calmed the caller', 1],
  ['sent_in_time', 'dispatch', 'Bantuan dikirim secepat mungkin', 'Help was sent as early as possible', 3],
].map(([code, part, indonesian, english, weight]) => ({ code, part, indonesian, english, weight }));

/** `tools`: what look.mjs looks with. */
export async function lookAtQuality({ fake, open, at, look, signIn, size, where }) {
  const { world, push } = fake;
  const name = (what) => `quality-${where}-${what}`;
  const talking = { state: 'talking', connected: true, answered_by: 'Sari Wulandari', number: '+628129990003' };
  world.waiting(talking);
  world.supervisor.headset_passed = true;
  const desk = await open('/konsol', size);
  await at(desk, 'login').waitFor();
  await signIn(desk, 'supervisor');
  await at(desk, 'listen-in').first().click();
  await at(desk, 'listening').waitFor();
  await look(desk, name('1-listening'));
  await desk.context().close();

  const day = 86_400_000;
  const score = (reviewer, marks, percent, comment, mine = false) => ({ reviewer, mine, at: Date.now() - day, form: 1, marks, percent, comment });
  const review = (id, part) => ({ review: id, call: 100 + id, incident: 50 + id, station: 'polres-sleman', station_name: 'Polres Sleman', operator_name: 'Sari Wulandari', mine: false, reason: 'drawn', call_at: Date.now() - 3 * day, due: Date.now() + 11 * day, calibrates: false, open: false, complete: true, scores: [], ...part });
  world.review_forms.push({ version: 1, criteria: FORM });
  const both = [score('Dewi Lestari', [2, 2, 1, 2], 95, 'Tempat ditanyakan lebih dulu, tenang, jelas.'), score('Bambang Sutrisno', [2, 1, 1, 2], 80, 'Bahaya ditanyakan terlambat.')];
  world.reviews.push(review(1, { open: true, complete: false, reason: 'complaint' }), review(2, { open: true, complete: false, calibrates: true, due: Date.now() - day }),
    review(3, { scores: both, calibrates: true, acknowledged: Date.now(), answer: 'Terima kasih, saya perhatikan.' }), review(4, { mine: true, scores: [both[0]], reason: 'silent' }));
  world.board = { ...world.board, reviews_passed: 12 };
  const page = await open('/mutu', size);
  await at(page, 'login').waitFor();
  await signIn(page, 'supervisor');
  await at(page, 'reviews-open').waitFor();
  await look(page, name('2-lists'), true);
  await page.locator('[data-testid="review"][data-review="2"]').click();
  for (const mark of await page.getByTestId('mark-1').all()) await mark.check();
  await look(page, name('3-form'), true);
  await page.locator('[data-testid="review"][data-review="3"]').click();
  await at(page, 'review-scores').waitFor();
  await look(page, name('4-both'), true);
  await page.locator('[data-testid="review"][data-review="4"]').click();
  await at(page, 'language').click();
  await at(page, 'acknowledge').waitFor();
  await look(page, name('5-own-english'), true);
  await page.context().close();
}
