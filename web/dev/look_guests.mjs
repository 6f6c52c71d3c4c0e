// Looks at the third voice: asking a supervisor, whom to connect first, every state of a guest, the guest's own screen,
// and what a supervisor sees. In both languages, as the screen's words differ in length.

/** `tools`: what look.mjs looks with. */
export async function lookAtGuests({ fake, page, at, look, signIn, name, problems, wide }) {
  const { world, push } = fake;
  const inBoth = async (what) => {
    await look(page, name(what));
    await at(page, 'language').click();
    await look(page, name(`${what}-english`));
    // Two rows of buttons are what the panel has room for.
    const height = wide && (await page.locator('.actions').count()) ? await page.locator('.actions').evaluate((one) => one.clientHeight) : 0;
    if (height > 70) problems.push(`${name(what)}: the actions are ${height} px high`);
    await at(page, 'language').click();
  };
  const bring = (card) => (Object.assign(world.calls.find((call) => call.guest).guest, card, { since: Date.now() }), push());
  const show = (id) => at(page, id).first().scrollIntoViewIfNeeded();

  await at(page, 'login').waitFor();
  await signIn(page, 'operator');
  await at(page, 'headset-start').click();
  await at(page, 'headset-finish').click();
  await at(page, 'ready').click();
  await at(page, 'pause').waitFor();
  world.ring();
  push();
  await at(page, 'answer').click();
  await at(page, 'my-call').waitFor();
  await page.keyboard.press('F1');
  await page.locator('[data-testid="ask-supervisor"][aria-pressed="true"]').waitFor();
  world.calls.find((call) => call.mine).help_asked -= 754_000;
  push();
  await inBoth('1-asked');
  await page.keyboard.press('Control+j');
  await inBoth('2-whom');
  await at(page, 'transfer-station').fill('Pemadam Kebakaran Kabupaten Sleman');
  await at(page, 'transfer-station').press('Enter'); // of a number outside it is the connection, not the transfer
  await at(page, 'guest').waitFor();
  await inBoth('3-calling');
  bring({ state: 'joining' });
  await page.locator('[data-testid="guest"][data-state="joining"]').waitFor();
  bring({ state: 'joined' });
  await page.locator('[data-testid="guest-hand-over"]:enabled').waitFor();
  await inBoth('4-joined');
  await at(page, 'guest-drop').click();
  await at(page, 'guest-gone').waitFor();
  await look(page, name('5-gone'));
  await page.keyboard.press('Control+j');
  await at(page, 'transfer-station').fill('Polda Daerah Istimewa Yogyakarta');
  await at(page, 'transfer-invite').click();
  await at(page, 'guest').waitFor();
  bring({ state: 'joined' });
  await page.locator('[data-testid="guest-hand-over"]:enabled').waitFor();
  await inBoth('6-colleague');
  await at(page, 'guest-drop').click();
  await at(page, 'transfer').click();
  await at(page, 'transfer-station').fill('Ambulans 119');
  await at(page, 'transfer-station').press('Enter');
  await at(page, 'guest').waitFor();
  bring({ state: 'joined' });
  await page.locator('[data-testid="guest-hand-over"]:enabled').waitFor();
  await page.keyboard.press('Control+Shift+J');
  await at(page, 'outcome-genuine').waitFor();
  await inBoth('7-handed-over');
  await at(page, 'outcome-genuine').click();
  await at(page, 'relayed').waitFor();

  world.invite();
  push();
  await at(page, 'invited').waitFor();
  await show('invited');
  await inBoth('8-invited');
  await page.keyboard.press('F2');
  await at(page, 'helping').waitFor();
  await show('helping');
  await inBoth('9-helping');
  await page.keyboard.press('Control+Shift+X');
  await at(page, 'helping').waitFor({ state: 'detached' });

  world.operator.role = 'supervisor';
  const asking = { state: 'talking', connected: true, answered_by: 'Agus Prabowo', arrived: Date.now() - 300_000, accepted: Date.now() - 290_000 };
  world.waiting({ number: '+628129990006', urgent: true, urgent_reason: 'called_again' });
  world.waiting({ ...asking, number: '+628129990007', help_asked: Date.now() - 15_000 });
  world.waiting({ ...asking, number: '+628129990008', help_asked: Date.now() - 42_000, answered_by: 'Dewi Lestari' });
  push();
  await at(page, 'join-call').first().waitFor();
  await show('join-call');
  await inBoth('10-wanted');
  await page.keyboard.press('F1');
  await at(page, 'helping').waitFor();
  if (!(await at(page, 'helping').textContent()).includes('Dewi Lestari')) problems.push(`${name('wanted')}: F1 did not join who waited longest`);
}
