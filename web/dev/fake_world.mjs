// A made-up district for the fake server: enough cards that every part of every page has something to show.
// Numbers and names are invented.
const point = (longitude, latitude) => ({ longitude_e7: Math.round(longitude * 1e7), latitude_e7: Math.round(latitude * 1e7) });
const ago = (s) => Date.now() - s * 1000;
const HOME = { station: 'polres-sleman', station_name: 'Polresta Sleman', time_zone: 'Asia/Jakarta', station_point: point(110.3553, -7.7166) };
const PLACES = [
  ['Desa Sinduadi, Kec. Mlati, Kab. Sleman, Provinsi Daerah Istimewa Yogyakarta', 110.368, -7.753, true],
  ['Desa Sendangadi, Kec. Mlati, Kab. Sleman, Provinsi Daerah Istimewa Yogyakarta', 110.359, -7.733, true],
  ['Kec. Mlati, Kab. Sleman, Provinsi Daerah Istimewa Yogyakarta', 110.344, -7.733, false],
];
const NEXT = { sent: 'acknowledged', delivered: 'acknowledged', acknowledged: 'en_route', en_route: 'on_scene', on_scene: 'done' };

export function makeWorld() {
  const desk = { lines: ['Ambulans 119', 'Basarnas 115', 'Pemadam Kebakaran Kabupaten Sleman'] };
  const w = {
    operator: { ...desk, person: 1, login: 'operator', name: 'Sari Wulandari', role: 'operator', ...HOME, headset_passed: false, state: 'not_ready', not_ready_reason: 'signed_in', since: ago(5), on_duty: false },
    officer: { person: 2, login: 'officer', name: 'Andi Saputra', role: 'officer', ...HOME, headset_passed: false, since: ago(5), on_duty: false },
    administrator: { person: 3, login: 'admin', name: 'Admin', role: 'administrator', ...HOME, headset_passed: false, since: ago(5), on_duty: false },
    supervisor: { ...desk, person: 4, login: 'supervisor', name: 'Ratna Kusuma', role: 'supervisor', ...HOME, station: 'polda-diy', station_name: 'Polda Daerah Istimewa Yogyakarta', headset_passed: false, state: 'not_ready', not_ready_reason: 'signed_in', since: ago(5), on_duty: false },
    calls: [], incidents: [], alerts: [], tasks: [], shifts: [], staff: [], approvals: [], clients: [], refused_sign_ins: [], reviews: [], review_forms: [], cases: [], case_categories: [],
    units: [
      { unit: 2, call_sign: 'SLM-01', name: 'Andi Saputra', station: HOME.station, position: point(110.38, -7.76), position_at: Date.now() + 3_600_000 },
      { unit: 5, call_sign: 'SLM-02', name: 'Budi Hartono', station: HOME.station, position: point(110.34, -7.73), position_at: ago(60) },
      { unit: 6, call_sign: 'SLM-03', name: 'Citra Dewi', station: HOME.station, position: point(110.41, -7.69), position_at: ago(300) },
    ],
    stations: [
      { station: 'polda-diy', name: 'Polda Daerah Istimewa Yogyakarta', level: 'polda', parent: 'mabes', point: point(110.4253, -7.7566), time_zone: 'Asia/Jakarta', regencies: [] },
      { station: HOME.station, name: 'Polresta Sleman', level: 'polres', parent: 'polda-diy', point: HOME.station_point, time_zone: 'Asia/Jakarta', regencies: ['34.04'] },
      { station: 'polda-jabar', name: 'Polda Jawa Barat', level: 'polda', parent: 'mabes', point: point(107.7, -6.94), time_zone: 'Asia/Jakarta', regencies: [] },
      { station: 'polda-kalsel', name: 'Polda Kalimantan Selatan', level: 'polda', parent: 'mabes', point: point(114.6, -3.32), time_zone: 'Asia/Makassar', regencies: [] },
      { station: 'polres-banjar-jabar', name: 'Polres Banjar', level: 'polres', parent: 'polda-jabar', point: point(108.54, -7.37), time_zone: 'Asia/Jakarta', regencies: ['32.79'] },
      { station: 'polres-banjar-kalsel', name: 'Polres Banjar', level: 'polres', parent: 'polda-kalsel', point: point(114.84, -3.42), time_zone: 'Asia/Makassar', regencies: ['63.03'] },
      { station: 'polres-bantul', name: 'Polres Bantul', level: 'polres', parent: 'polda-diy', point: point(110.33, -7.8878), time_zone: 'Asia/Jakarta', regencies: ['34.02'] },
    ],
    people: ['operator', 'officer', 'admin', 'lama'].map((login, i) => ({
      person: i + 1, login, name: ['Sari Wulandari', 'Andi Saputra', 'Admin', 'Tono Lama'][i], role: ['operator', 'officer', 'administrator', 'officer'][i],
      station: HOME.station, call_sign: ['', 'SLM-01', '', 'SLM-09'][i], disabled: i === 3, signed_in: i === 0,
    })),
    nextId: 100,
  };
  const find = (list, key, id) => list.find((card) => card[key] === id);
  const happened = (incident, kind, more = {}) => find(w.incidents, 'incident', incident)?.history.push({ kind, at: Date.now(), by: w.operator.name, unit: '', radio: false, ...more });
  const operatorIs = (state, more = {}) => {
    for (const field of ['not_ready_reason', 'offer', 'call', 'outcome_by']) delete w.operator[field];
    Object.assign(w.operator, { state, since: Date.now(), ...(state === 'wrap_up' ? { outcome_by: Date.now() + 120_000 } : {}) }, more);
  };

  const asSupervisorSees = ({ offer, ...call }) => ({ ...call, mine: false, listeners: call.listeners.map((each) => ({ ...each, mine: true })), ...(call.mine ? { answered_by: w.operator.name } : {}), ...(call.guest ? { guest: { ...call.guest, mine: call.guest.kind === 'supervisor' } } : {}) });
  const supervisorIs = (state, more = {}) => {
    for (const field of ['not_ready_reason', 'call']) delete w.supervisor[field];
    Object.assign(w.supervisor, { state, since: Date.now() }, more);
  };
  const guest = (kind, more = {}) => ({ kind, state: 'invited', station_name: '', line: '', rings: false, mine: false, since: Date.now(), ...more });
  const guestGoes = (call) => {
    if (call.guest?.mine) operatorIs('ready');
    if (call.guest?.kind === 'supervisor') supervisorIs('ready');
    delete call.guest;
  };

  w.picture = (role) => ({
    self: w[role],
    board: { waiting: w.calls.filter((c) => c.state === 'waiting').length, waiting_home: w.calls.filter((c) => c.state === 'waiting').length,
      ...(w.calls[0]?.state === 'waiting' ? { longest_since: w.calls[0].arrived } : {}), ready: 3, talking: 2, rostered: 0, missing: 0, beyond: 0, gap: 0, unserved: 0, unserved_home: '', ...w.board },
    calls: role === 'operator' ? w.calls : role === 'supervisor' ? w.calls.map(asSupervisorSees) : [],
    incidents: role === 'administrator' ? [] : w.incidents,
    units: role === 'operator' ? w.units : [],
    alerts: role === 'administrator' ? [] : w.alerts,
    tasks: role === 'administrator' ? [] : role === 'officer' ? w.tasks.filter((task) => task.kind === 'officer_help' || task.own) : w.tasks,
    people: role === 'administrator' ? w.people : [],
    shifts: role === 'administrator' || role === 'officer' ? [] : w.shifts,
    staff: role === 'supervisor' ? w.staff : [],
    approvals: role === 'administrator' ? w.approvals : [],
    refused_sign_ins: role === 'administrator' ? w.refused_sign_ins : [],
    reviews: role === 'supervisor' || role === 'operator' ? w.reviews : [],
    review_forms: w.review_forms,
    cases: w.cases,
    case_categories: w.case_categories,
    stations: w.stations,
    removed: [],
  });
  w.report = () => {
    const steps = { acknowledged: 'officer_assigned', en_route: 'on_the_way', on_scene: 'arrived' };
    const incident = w.incidents[0];
    return { report: incident?.incident ?? 1, step: incident?.closed ? 'closed' : (steps[w.alerts[0]?.status] ?? 'received'), since: ago(30), station_name: HOME.station_name, time_zone: HOME.time_zone,
      ...(incident?.closed ? { answer: incident.answer } : {}) };
  };
  w.places = (text) => PLACES.filter(([name]) => text.toLowerCase().split(/\s+/).every((word) => name.toLowerCase().includes(word)))
    .map(([name, longitude, latitude, exact]) => ({ text: name, point: point(longitude, latitude), radius_m: exact ? 2000 : 25_000 }));
  w.seen = () => w.alerts.forEach((alert) => alert.status === 'sent' && (alert.status = 'delivered'));

  /** A call comes in when the operator is ready; whether it did. */
  w.ring = () => {
    if (w.operator.state !== 'ready') return false;
    const call = ++w.nextId;
    w.calls = w.calls.filter((c) => c.state !== 'ended');
    w.calls.unshift({ call, state: 'waiting', number: '+628129990001', home: HOME.station, home_name: HOME.station_name, home_reason: 'nearest', arrived: ago(2), waiting_since: ago(2), answer_by: ago(-8),
      offer: call, offer_until: ago(-8), second_ring: false, mine: false, connected: false, urgent: false, suspected: false, silent: false, lines: [], pranks: 0, ghosts: 0, listeners: [], location: { point: point(110.3602, -7.6921), radius_m: 900 } });
    operatorIs('offered', { offer: call });
    return true;
  };
  w.waiting = (more = {}) => w.calls.push({ call: ++w.nextId, state: 'waiting', home: HOME.station, home_name: HOME.station_name, home_reason: 'province_desk', arrived: ago(14), waiting_since: ago(14), answer_by: ago(4), second_ring: true, mine: false, connected: false, urgent: false, suspected: false, silent: false, lines: [], pranks: 0, ghosts: 0, listeners: [], ...more });
  /** A colleague's call rings here: they want the operator in it. */
  w.invite = () => {
    const incident = w.incidents.at(-1);
    const offer = ++w.nextId;
    w.waiting({ state: 'talking', number: '+628129990005', answered_by: 'Agus Prabowo', connected: true, accepted: ago(75), arrived: ago(80), incident: incident?.incident, offer, offer_until: ago(-8),
      guest: guest('colleague', { name: w.operator.name, station_name: HOME.station_name, mine: true }) });
    operatorIs('offered', { offer });
  };
  /** What guests do by themselves: whether one did. */
  w.guestMoves = () => {
    const call = w.calls.find(({ guest }) => guest && !guest.mine && !['joined', 'alone'].includes(guest.state));
    if (!call) return false;
    if (call.guest.kind === 'outside' && !call.guest.rings) call.guest.rings = true;
    else Object.assign(call.guest, { state: call.guest.state === 'invited' ? 'joining' : 'joined', since: Date.now() });
    return true;
  };
  w.guestLeaves = () => w.calls.filter((call) => call.guest).forEach(guestGoes);
  w.task = (kind, more = {}) => w.tasks.push({ task: ++w.nextId, kind, station: HOME.station, opened: ago(95), latest: ago(40), calls: 1, short_ring: false, taken_by_me: false, own: false, can_call: false, ringing_back: false, tries: 0, texts: [], ...more });
  w.incident = (more = {}) => w.incidents.push({ incident: ++w.nextId, station: HOME.station, station_name: HOME.station_name, opened: ago(400), type: 'traffic_accident', priority: 'p2', place: { text: 'Simpang Empat Denggung' }, mine: false, closed: false, link: 'none', picks: [], unit_sent: false, alike: [], reporters: 1, history: [{ kind: 'opened', at: ago(400), by: 'Agus Prabowo', unit: '', radio: false }], ...more });
  /** An earthquake that `reporters` people told of; `seen` of their reports are on this screen. Its number. */
  w.quake = (reporters, seen = reporters - 1) => {
    w.incident({ type: 'disaster', priority: 'p1', place: { text: 'Gempa, terasa di seluruh Sleman', point: point(110.3602, -7.7021) }, reporters, opened: ago(700) });
    const into = w.nextId;
    for (let i = 0; i < seen; i++)
      w.incident({ into, type: i % 3 ? 'unknown' : 'medical', place: { text: `Dusun ${i + 1}, Kec. Ngaglik`, point: point(110.33 + 0.0037 * (i % 17), -7.73 + 0.0041 * (i % 13)) }, opened: ago(600 - 2 * i) });
    return into;
  };
  w.alike = (incident, others) => (find(w.incidents, 'incident', incident).alike = others.map(([id, distance_m]) => {
    const { type, opened } = find(w.incidents, 'incident', id);
    return { incident: id, type, distance_m, opened };
  }));

  /** A day of three shifts at each station: somebody missing, somebody beyond, an hour that lacks people. */
  w.roster = () => {
    const HOUR = 3_600_000;
    const midnight = Math.floor((Date.now() + 7 * HOUR) / (24 * HOUR)) * 24 * HOUR - 7 * HOUR;
    const names = ['Sari Wulandari', 'Agus Prabowo', 'Dewi Lestari', 'Eko Nugroho', 'Fitri Handayani', 'Gilang Ramadhan', 'Hesti Purnamasari', 'Indra Gunawan', 'Joko Susilo', 'Kartika Putri'];
    for (const station of ['polda-diy', HOME.station, 'polres-bantul'])
      names.forEach((name, i) => w.staff.push({ person: 1000 + w.staff.length, login: `op.${w.staff.length}`, name: station === HOME.station ? name : `${name.split(' ')[0]} ${station.slice(-6)}`, role: 'operator', station, here: i % 4 !== 1 }));
    for (const station of ['polda-diy', HOME.station, 'polres-bantul'])
      [[7, 15], [14, 22], [22, 31]].forEach(([from, until], i) => {
        const [begin, end] = [midnight + from * HOUR, midnight + until * HOUR];
        const people = w.staff.filter((one) => one.station === station).slice(i * 3, i * 3 + (station === HOME.station ? 3 : 2));
        const begun = begin <= Date.now(), ended = end <= Date.now();
        const running = begun && !ended;
        w.shifts.push({ shift: ++w.nextId, station, from: begin, until: end, needed: i === 1 ? 4 : 2, begun, ended,
          people: people.map(({ person, name }, at) => ({ person, name, here: running ? at !== 1 : ended, beyond: ended })), here: running ? 2 : 0, gap: running && i === 1 ? 2 : running ? 1 : 0 });
      });
    const at = (from, until, state) => w.shifts.push({ shift: ++w.nextId, station: HOME.station, from: Date.now() + from * HOUR, until: Date.now() + until * HOUR, needed: 0, begun: true, ended: state === 'ended',
      people: [state === 'ended' ? { person: 1017, name: 'Indra Gunawan', here: true, beyond: true } : { person: 1018, name: 'Joko Susilo', here: false, beyond: false }], here: 2, gap: state === 'ended' ? 0 : 2 });
    at(-6, -0.2, 'ended');
    at(-0.5, 5, 'runs');
  };

  const asked = {
    PlanShift: ({ type, ...shift }) => void w.shifts.push({ shift: ++w.nextId, begun: false, ended: false, here: 0, gap: 0, ...shift, people: shift.people.map((person) => ({ person, name: find(w.staff, 'person', person)?.name, here: false, beyond: false })) }),
    RemoveShift: (c) => void (w.shifts = w.shifts.filter((one) => one.shift !== c.shift)),
    PassHeadset: () => (w.operator.headset_passed = true),
    BeReady: () => operatorIs('ready'),
    TakePause: (c) => operatorIs('not_ready', { not_ready_reason: c.training ? 'training' : 'pause' }),
    DeclineOffer: () => operatorIs('not_ready', { not_ready_reason: 'missed' }),
    AcceptOffer: (c) => {
      const call = find(w.calls, 'offer', c.offer);
      if (!call) return 'gone';
      if (call.guest?.mine) {
        delete call.offer;
        Object.assign(call.guest, { state: 'joined', since: Date.now() });
        return void operatorIs('talking', { call: call.call });
      }
      const incident = ++w.nextId;
      delete call.offer;
      Object.assign(call, { state: 'talking', mine: true, connected: true, accepted: Date.now(), incident });
      w.incidents.unshift({ incident, station: HOME.station, station_name: HOME.station_name, opened: Date.now(), type: 'unknown', priority: 'p2', place: { text: '', point: call.location.point, radius_m: call.location.radius_m }, number: call.number, call: call.call, mine: true, closed: false, link: 'none', picks: [], unit_sent: false, alike: [], reporters: 1, history: [] });
      happened(incident, 'opened');
      operatorIs('talking', { call: call.call });
    },
    HangUp: (c) => {
      Object.assign(find(w.calls, 'call', c.call), { state: 'ended', ended: Date.now(), ended_by: 'operator', connected: false });
      operatorIs('wrap_up', { call: c.call });
    },
    AskSupervisor: (c) => {
      const call = find(w.calls, 'call', c.call);
      if (c.wanted) call.help_asked = Date.now();
      else delete call.help_asked;
    },
    JoinCall: (c, role) => {
      const call = find(w.calls, 'call', c.call);
      if (!call.help_asked || call.guest) return 'taken';
      delete call.help_asked;
      const own = role === 'operator'; // made a supervisor to be looked at
      call.guest = guest('supervisor', { state: 'joined', name: w[role].name, station_name: w[role].station_name, mine: own });
      (own ? operatorIs : supervisorIs)('talking', { call: c.call });
    },
    ListenIn: (c) => {
      for (const call of w.calls) call.listeners = [];
      find(w.calls, 'call', c.call).listeners.push({ name: w.supervisor.name, mine: false, whispers: false, since: Date.now(), offer: ++w.nextId, whisper: ++w.nextId });
    },
    StopListening: (c) => void (find(w.calls, 'call', c.call).listeners = []),
    Whisper: (c) => void Object.assign(find(w.calls, 'call', c.call).listeners[0] ?? {}, { whispers: c.speaks }),
    InviteStation: (c) => void (find(w.calls, 'call', c.call).guest = guest('colleague', { name: 'Raden Mas Bambang Sutrisno Kusumohadi', station_name: find(w.stations, 'station', c.station).name })),
    InviteLine: (c) => void (find(w.calls, 'call', c.call).guest = guest('outside', { line: c.line })),
    DropGuest: (c) => guestGoes(find(w.calls, 'call', c.call)),
    LeaveCall: (c) => guestGoes(find(w.calls, 'call', c.call)),
    HandOver: (c) => {
      const call = find(w.calls, 'call', c.call);
      if (call.guest?.state !== 'joined') return 'not_yet';
      if (call.guest.kind === 'outside') {
        Object.assign(call, { state: 'relayed', connected: false });
        Object.assign(call.guest, { state: 'alone', since: Date.now() });
        return void operatorIs('wrap_up', { call: c.call });
      }
      Object.assign(call, { mine: false, answered_by: call.guest.name });
      delete call.guest;
      operatorIs('ready');
    },
    SetOutcome: (c) => {
      w.calls = w.calls.filter((call) => call.call !== c.call || call.state === 'relayed');
      operatorIs('ready');
    },
    OpenIncident: (c, role) => {
      w.incident({ opened: Date.now(), type: c.incident_type ?? 'unknown', place: undefined, notes: c.notes, origin: c.origin, mine: true, history: [{ kind: 'opened', at: Date.now(), by: w[role].name, unit: '', radio: false }] });
      if (role === 'officer') w.task('field_report', { incident: w.nextId, unit: 'SLM-01', own: true, opened: Date.now() });
    },
    EditIncident: ({ incident, incident_type, ...fields }) => {
      const card = find(w.incidents, 'incident', incident);
      if (card.closed) return 'closed';
      delete fields.type;
      Object.assign(card, fields, incident_type ? { type: incident_type } : {});
      if (incident_type) happened(incident, 'type_set', { type: incident_type });
    },
    CloseIncident: (c) => {
      Object.assign(find(w.incidents, 'incident', c.incident), { closed: true, answer: c.answer });
      w.alerts = w.alerts.filter((alert) => alert.incident !== c.incident);
    },
    JoinIncident: (c) => {
      const card = find(w.incidents, 'incident', c.incident);
      card.into = c.into;
      for (const alert of w.alerts) if (alert.incident === c.incident) alert.root = c.into;
      const root = find(w.incidents, 'incident', c.into);
      if (root) root.reporters++;
    },
    SplitIncident: (c) => {
      const card = find(w.incidents, 'incident', c.incident);
      const root = find(w.incidents, 'incident', card.into);
      if (root) root.reporters--;
      delete card.into;
      for (const alert of w.alerts) if (alert.incident === c.incident) alert.root = c.incident;
    },
    JoinSimilar: (c) => w.incidents.filter((card) => !card.into && card.alike.some((other) => other.incident === c.into)).forEach((card) => asked.JoinIncident({ incident: card.incident, into: c.into })),
    SendTracking: (c) => (find(w.incidents, 'incident', c.incident).link = 'sent'),
    RecommendUnits: (c) => (find(w.incidents, 'incident', c.incident).picks = [
      { unit: 2, call_sign: 'SLM-01', distance_m: 1840, reason: 'nearest', lapsed: false }, { unit: 5, call_sign: 'SLM-02', distance_m: 5210, reason: 'nearest', lapsed: false }, { unit: 6, call_sign: 'SLM-03', distance_m: 940, reason: 'position_old', lapsed: true },
    ]),
    DispatchUnit: (c) => {
      const unit = find(w.units, 'unit', c.unit);
      const alert = ++w.nextId;
      w.alerts.unshift({ alert, incident: c.incident, root: c.incident, unit: c.unit, call_sign: unit.call_sign, status: 'sent', via: 'app', step: 1, raised: Date.now(), until: ago(-30), since: Date.now() });
      Object.assign(unit, { alert, status: 'sent' });
      find(w.incidents, 'incident', c.incident).unit_sent = true;
      happened(c.incident, 'alert_sent', { unit: unit.call_sign });
      if (c.unit === 2) w.officer.alert = alert;
    },
    AdvanceAlert: (c) => {
      const alert = find(w.alerts, 'alert', c.alert);
      if (NEXT[alert?.status] !== c.status) return 'not_forward';
      Object.assign(alert, { status: c.status, since: Date.now() });
      find(w.units, 'unit', alert.unit).status = c.status;
      happened(alert.incident, `alert_${c.status}`, { unit: alert.call_sign });
      if (c.status === 'done') asked.CancelAlert(c);
    },
    CancelAlert: (c) => {
      const alert = find(w.alerts, 'alert', c.alert);
      w.alerts = w.alerts.filter((each) => each !== alert);
      const unit = find(w.units, 'unit', alert.unit);
      delete unit.alert;
      delete unit.status;
      delete w.officer.alert;
    },
    DeclineAlert: (c) => asked.CancelAlert(c),
    GoOnDuty: () => (w.officer.on_duty = true),
    GoOffDuty: () => (w.officer.on_duty = false),
    RequestHelp: () => w.task('officer_help', { unit: 'SLM-01', opened: Date.now() }),
    TakeTask: (c) => Object.assign(find(w.tasks, 'task', c.task), { taken_by: 'Sari Wulandari', taken_by_me: true }),
    CloseTask: (c) => (w.tasks = w.tasks.filter((task) => task.task !== c.task)),
    SignOut: () => undefined,
  };
  /** What the command's refusal is, or nothing. */
  w.ask = (role, command) => {
    const act = asked[command.type];
    if (!act) return 'not_allowed';
    const result = act(command, role);
    return typeof result === 'string' ? result : undefined;
  };
  return w;
}
