// Generated from the C++ message structs; a test fails when it is stale. Do not edit.

export type AlertId = number & { readonly __brand?: "AlertId" };
export type ApprovalId = number & { readonly __brand?: "ApprovalId" };
export type CallId = number & { readonly __brand?: "CallId" };
export type CaseId = number & { readonly __brand?: "CaseId" };
export type ClientId = number & { readonly __brand?: "ClientId" };
export type IncidentId = number & { readonly __brand?: "IncidentId" };
export type Instant = number & { readonly __brand?: "Instant" };
export type OfferId = number & { readonly __brand?: "OfferId" };
export type PersonId = number & { readonly __brand?: "PersonId" };
export type RegencyCode = string & { readonly __brand?: "RegencyCode" };
export type ReviewId = number & { readonly __brand?: "ReviewId" };
export type SessionId = number & { readonly __brand?: "SessionId" };
export type ShiftId = number & { readonly __brand?: "ShiftId" };
export type SignInRefusalId = number & { readonly __brand?: "SignInRefusalId" };
export type StationCode = string & { readonly __brand?: "StationCode" };
export type TaskId = number & { readonly __brand?: "TaskId" };

export interface AcceptOffer {
  offer: OfferId;
}

export interface AccountCard {
  totp?: Instant;
  recovery_codes: number;
  passkeys: PasskeyCard[];
  sign_ins: SignInCard[];
  new_devices: NewDeviceCard[];
  owes_factor: boolean;
}

export interface AcknowledgeReview {
  review: ReviewId;
  answer: string;
}

export interface AddClient {
  name: string;
  station: StationCode;
  scopes: ("told" | "answers" | "reports" | "personal")[];
  topics: ("alert" | "incident")[];
  url: string;
}

export interface AddPasskey {
  name: string;
  client_data: string;
  authenticator_data: string;
}

export interface AddPerson {
  login: string;
  name: string;
  role: "operator" | "officer" | "supervisor" | "administrator";
  station: StationCode;
  call_sign: string;
  password: string;
  lasting?: boolean;
}

export interface AdvanceAlert {
  alert: AlertId;
  status: "sent" | "delivered" | "acknowledged" | "en_route" | "on_scene" | "done";
}

export interface Agree {
  approval: ApprovalId;
}

export interface AlertCard {
  alert: AlertId;
  incident: IncidentId;
  root: IncidentId;
  unit: PersonId;
  call_sign: string;
  status: "sent" | "delivered" | "acknowledged" | "en_route" | "on_scene" | "done";
  via: "app" | "radio" | "client";
  step: number;
  raised: Instant;
  until: Instant;
  since: Instant;
}

export interface AlertSeen {
  alert: AlertId;
}

export interface AlikeCard {
  incident: IncidentId;
  type: "unknown" | "traffic_accident" | "theft" | "robbery" | "assault" | "domestic_violence" | "disturbance" | "missing_person" | "fire" | "disaster" | "medical" | "suspicious_activity" | "other";
  distance_m: number;
  opened: Instant;
}

export interface AnswerCase {
  complaint: CaseId;
  text: string;
  closes: boolean;
}

export interface ApprovalCard {
  approval: ApprovalId;
  kind: "addition" | "change" | "password" | "enabling" | "erasure" | "client" | "lifting";
  person: PersonId;
  login: string;
  asked_by: string;
  at: Instant;
  expires: Instant;
  mine: boolean;
  records: number;
  reason?: string;
  name?: string;
  role: "operator" | "officer" | "supervisor" | "administrator";
  station: StationCode;
  call_sign: string;
  client?: string;
  call?: CallId;
}

export type AskCaseForm = Record<never, never>;

export interface AskSupervisor {
  call: CallId;
  wanted: boolean;
}

export interface AskToPress {
  call: CallId;
}

export type BeReady = Record<never, never>;

export interface Beat {
  now: Instant;
}

export interface BoardCard {
  waiting: number;
  waiting_home: number;
  longest_since?: Instant;
  ready: number;
  talking: number;
  rostered: number;
  missing: number;
  beyond: number;
  gap: number;
  unserved: number;
  unserved_since?: Instant;
  unserved_next?: CallId;
  unserved_home: string;
  reviews_passed?: number;
}

export interface CallBack {
  task: TaskId;
}

export interface CallCard {
  call: CallId;
  state: "waiting" | "talking" | "ended" | "relayed" | "ringing_back";
  direction: "incoming" | "outgoing";
  callee?: "dialled" | "rings" | "answered";
  by_page?: boolean;
  number?: string;
  home: StationCode;
  home_name: string;
  home_reason: "location" | "trunk" | "nearest" | "province_desk" | "headquarters" | "transferred" | "called_back" | "rang_back";
  beside?: string[];
  arrived: Instant;
  waiting_since: Instant;
  answer_by: Instant;
  offer?: OfferId;
  offer_until?: Instant;
  second_ring: boolean;
  answered_by?: string;
  mine: boolean;
  connected: boolean;
  held?: Instant;
  asked?: Instant;
  urgent: boolean;
  urgent_reason?: "silent" | "rang_back" | "called_again";
  suspected: boolean;
  doubt?: "standing" | "many_at_once";
  silent: boolean;
  digits?: string;
  pranks: number;
  ghosts: number;
  accepted?: Instant;
  location?: Location;
  location_note?: string;
  civic?: string;
  service?: string;
  incident?: IncidentId;
  ended?: Instant;
  ended_by?: "caller" | "operator" | "network" | "system" | "guest";
  guest?: GuestCard;
  guest_end?: "declined" | "no_answer" | "busy" | "failed" | "left" | "dropped" | "lost" | "took_over" | "call_ended";
  help_asked?: Instant;
  language?: string;
  can_read?: boolean;
  lines: LineCard[];
  listeners: ListenerCard[];
}

export interface CallerFound {
  id: number;
  complete: boolean;
  elsewhere: number;
  records: RecordCard[];
}

export interface CancelAlert {
  alert: AlertId;
}

export interface CaseCard {
  complaint: CaseId;
  number: string;
  origin: "page" | "call";
  category: string;
  conduct: boolean;
  about?: StationCode;
  about_name?: string;
  station: StationCode;
  station_name: string;
  opened: Instant;
  limit: Instant;
  due: Instant;
  late: boolean;
  heard: boolean;
  contested: boolean;
  closed?: Instant;
  mark?: number;
  text?: string;
  where?: string;
  phone?: string;
  entries: CaseEntryCard[];
}

export interface CaseCategoryCard {
  code: string;
  indonesian: string;
  english: string;
  conduct: boolean;
}

export interface CaseEntryCard {
  kind: "opened" | "moved" | "raised" | "late" | "answered" | "closed" | "noted" | "not_solved" | "rated";
  at: Instant;
  by?: string;
  station_name: string;
  text?: string;
  mark?: number;
}

export interface CaseFiled {
  number: string;
}

export interface CaseForm {
  categories: CaseCategoryCard[];
  stations: CaseStation[];
}

export interface CaseRefused {
  code: string;
  field: string;
}

export interface CaseStation {
  station: StationCode;
  name: string;
  parent?: StationCode;
}

export interface CaseTold {
  known: boolean;
  complaint?: OwnCaseCard;
}

export interface ChangeClient {
  client: ClientId;
  station: StationCode;
  scopes: ("told" | "answers" | "reports" | "personal")[];
  topics: ("alert" | "incident")[];
  url: string;
}

export interface ChangePassword {
  old_password: string;
  password: string;
}

export interface ChangePerson {
  person: PersonId;
  name: string;
  role: "operator" | "officer" | "supervisor" | "administrator";
  station: StationCode;
  call_sign: string;
}

export interface ChangeShift {
  shift: ShiftId;
  from: Instant;
  until: Instant;
  people: PersonId[];
  needed: number;
}

export interface ClientCard {
  client: ClientId;
  name: string;
  station: StationCode;
  scopes: ("told" | "answers" | "reports" | "personal")[];
  topics: ("alert" | "incident")[];
  url: string;
  disabled: boolean;
  waits: boolean;
  key_before_until?: Instant;
  used?: Instant;
  refused?: Instant;
  refusal: string;
  unreached?: Instant;
  trouble: string;
  dead: Dead[];
}

export interface CloseIncident {
  incident: IncidentId;
  answer: "handled" | "passed_on" | "nothing_found" | "no_police_matter" | "false_report" | "duplicate";
}

export interface CloseTask {
  task: TaskId;
  reason: "called_back" | "no_answer" | "called_again" | "handled" | "false_alarm" | "not_needed" | "said_no";
  note: string;
}

export interface ContestCase {
  number: string;
  code: string;
  text: string;
}

export interface Criterion {
  code: string;
  part: "call" | "dispatch";
  indonesian: string;
  english: string;
  weight: number;
}

export interface Dead {
  event: number;
  topic: "alert" | "incident";
  incident: IncidentId;
  at: Instant;
}

export interface DeclineAlert {
  alert: AlertId;
}

export interface DeclineOffer {
  offer: OfferId;
}

export interface DefineStation {
  station: Station;
}

export interface DisableClient {
  client: ClientId;
}

export interface DisablePerson {
  person: PersonId;
}

export interface DispatchUnit {
  incident: IncidentId;
  unit: PersonId;
}

export interface Done {
  id: number;
  key?: string;
}

export interface DropGuest {
  call: CallId;
}

export interface EditIncident {
  incident: IncidentId;
  incident_type?: "unknown" | "traffic_accident" | "theft" | "robbery" | "assault" | "domestic_violence" | "disturbance" | "missing_person" | "fire" | "disaster" | "medical" | "suspicious_activity" | "other";
  priority?: "p1" | "p2" | "p3";
  place?: Place;
  notes?: string;
  reporter?: string;
}

export interface EnableClient {
  client: ClientId;
}

export interface EnablePerson {
  person: PersonId;
}

export interface EndSession {
  person: PersonId;
}

export interface FileCase {
  code: string;
  category: string;
  station?: StationCode;
  text: string;
  where?: string;
  number?: string;
}

export interface FindPlace {
  id: number;
  text: string;
}

export interface FindRecordings {
  id: number;
  call?: CallId;
  incident?: IncidentId;
  station?: StationCode;
  from?: Instant;
  until?: Instant;
  held?: boolean;
}

export interface ForgetCaller {
  number: string;
  reason: string;
}

export interface ForgiveNumber {
  call: CallId;
}

export interface GeoPoint {
  longitude_e7: number;
  latitude_e7: number;
}

export type GoOffDuty = Record<never, never>;

export type GoOnDuty = Record<never, never>;

export interface GuestCard {
  kind: "supervisor" | "colleague" | "outside";
  state: "invited" | "joining" | "joined" | "relaying" | "alone";
  name?: string;
  station_name: string;
  line: string;
  rings: boolean;
  mine: boolean;
  since: Instant;
}

export interface HandOver {
  call: CallId;
}

export interface HangUp {
  call: CallId;
}

export interface HappeningCard {
  kind: "opened" | "call_ended" | "type_set" | "priority_set" | "place_set" | "alert_sent" | "alert_delivered" | "alert_acknowledged" | "alert_en_route" | "alert_on_scene" | "alert_done" | "alert_expired" | "alert_declined" | "alert_cancelled" | "alert_off_duty" | "nobody_answered" | "help_requested" | "joined" | "split" | "link_ordered" | "link_sent" | "link_failed" | "closed";
  at: Instant;
  by?: string;
  unit: string;
  radio: boolean;
  type?: "unknown" | "traffic_accident" | "theft" | "robbery" | "assault" | "domestic_violence" | "disturbance" | "missing_person" | "fire" | "disaster" | "medical" | "suspicious_activity" | "other";
  priority?: "p1" | "p2" | "p3";
  answer?: "handled" | "passed_on" | "nothing_found" | "no_police_matter" | "false_report" | "duplicate";
  other?: IncidentId;
}

export type Heartbeat = Record<never, never>;

export interface HoldCall {
  call: CallId;
}

export interface HoldCard {
  login: string;
  since: Instant;
  reason?: string;
}

export interface IncidentCard {
  incident: IncidentId;
  station: StationCode;
  station_name: string;
  opened: Instant;
  type: "unknown" | "traffic_accident" | "theft" | "robbery" | "assault" | "domestic_violence" | "disturbance" | "missing_person" | "fire" | "disaster" | "medical" | "suspicious_activity" | "other";
  priority: "p1" | "p2" | "p3";
  place?: Place;
  notes?: string;
  reporter?: string;
  number?: string;
  call?: CallId;
  origin?: "call" | "counter" | "radio" | "observation" | "agency" | "app";
  mine: boolean;
  closed: boolean;
  answer?: "handled" | "passed_on" | "nothing_found" | "no_police_matter" | "false_report" | "duplicate";
  link: "none" | "on_its_way" | "sent" | "failed";
  picks: PickCard[];
  unit_sent: boolean;
  attended?: Instant;
  alike: AlikeCard[];
  into?: IncidentId;
  reporters: number;
  help?: "received" | "officer_assigned" | "on_the_way" | "arrived" | "closed";
  history: HappeningCard[];
}

export interface InviteLine {
  call: CallId;
  line: string;
}

export interface InviteStation {
  call: CallId;
  station: StationCode;
}

export interface JoinCall {
  call: CallId;
}

export interface JoinIncident {
  incident: IncidentId;
  into: IncidentId;
}

export interface JoinSimilar {
  into: IncidentId;
}

export type KnowDevices = Record<never, never>;

export interface LeaveCall {
  call: CallId;
}

export interface LiftHold {
  call: CallId;
  reason: string;
}

export interface LineCard {
  at: Instant;
  by: "caller" | "operator";
  name: string;
  text?: string;
  photograph?: Photograph;
}

export interface ListenIn {
  call: CallId;
}

export interface ListenerCard {
  name?: string;
  mine: boolean;
  whispers: boolean;
  since: Instant;
  offer: OfferId;
  whisper: OfferId;
}

export interface Location {
  point: GeoPoint;
  radius_m: number;
}

export interface LookUpCaller {
  number: string;
}

export type MakeRecoveryCodes = Record<never, never>;

export interface MediaAnswer {
  offer: OfferId;
  sdp: string;
}

export interface MediaOffer {
  offer: OfferId;
  call: CallId;
  sdp: string;
  guest: boolean;
  beside?: "listening" | "whisper";
  relay?: Relay;
}

export interface MomentCard {
  kind: "opened" | "call_ended" | "type_set" | "priority_set" | "place_set" | "alert_sent" | "alert_delivered" | "alert_acknowledged" | "alert_en_route" | "alert_on_scene" | "alert_done" | "alert_expired" | "alert_declined" | "alert_cancelled" | "alert_off_duty" | "nobody_answered" | "help_requested" | "joined" | "split" | "link_ordered" | "link_sent" | "link_failed" | "closed";
  at: Instant;
}

export interface MoveCase {
  complaint: CaseId;
  station: StationCode;
  category: string;
}

export interface NewDeviceCard {
  device: string;
  at: Instant;
}

export interface NoteCase {
  complaint: CaseId;
  text: string;
}

export interface OfferPasskey {
  id: number;
}

export interface OfferTotp {
  id: number;
}

export interface OpenIncident {
  origin: "call" | "counter" | "radio" | "observation" | "agency" | "app";
  station?: StationCode;
  incident_type?: "unknown" | "traffic_accident" | "theft" | "robbery" | "assault" | "domestic_violence" | "disturbance" | "missing_person" | "fire" | "disaster" | "medical" | "suspicious_activity" | "other";
  notes?: string;
}

export interface OpenReport {
  key: string;
  point: GeoPoint;
  radius_m?: number;
  incident_type?: "unknown" | "traffic_accident" | "theft" | "robbery" | "assault" | "domestic_violence" | "disturbance" | "missing_person" | "fire" | "disaster" | "medical" | "suspicious_activity" | "other";
  place?: string;
  notes?: string;
  reporter?: string;
  number?: string;
}

export interface OwnCaseCard {
  number: string;
  indonesian: string;
  english: string;
  station_name: string;
  time_zone: string;
  opened: Instant;
  due: Instant;
  closed?: Instant;
  may_contest: boolean;
  mark?: number;
  entries: CaseEntryCard[];
}

export interface PageAnswer {
  offer: number;
  sdp: string;
}

export interface PageBack {
  token: string;
  voice: string;
}

export interface PageCall {
  token: string;
  page: string;
  offer: number;
  sdp: string;
  location?: Location;
  number?: string;
  language?: string;
}

export interface PageCallOver {
  answered: boolean;
  by_page: boolean;
  number: boolean;
}

export type PageHangUp = Record<never, never>;

export interface PageKey {
  digit: string;
}

export interface PageLanguage {
  language: string;
}

export interface PageLines {
  lines: LineCard[];
  full: boolean;
}

export interface PageMessage {
  text: string;
}

export interface PageOffer {
  offer: number;
  sdp: string;
}

export interface PageStatus {
  state: "waiting" | "talking" | "ended" | "relayed" | "ringing_back";
  voice: boolean;
  connected: boolean;
  held: boolean;
  asked: boolean;
  silent: boolean;
}

export interface PageText {
  name: string;
  text: string;
}

export interface PageTextRefused {
  name: string;
  code: string;
}

export interface PageVoice {
  offer: number;
}

export type PassHeadset = Record<never, never>;

export interface PasskeyCard {
  credential: string;
  name: string;
  since: Instant;
  used?: Instant;
  cloned?: Instant;
}

export interface PasskeyOffered {
  id: number;
  host: string;
  page: string;
  challenge: string;
  user: string;
  known: string[];
}

export interface PersonCard {
  person: PersonId;
  login: string;
  name?: string;
  role: "operator" | "officer" | "supervisor" | "administrator";
  station: StationCode;
  call_sign: string;
  disabled: boolean;
  signed_in: boolean;
  second_factor: boolean;
}

export interface Photograph {
  sha256: string;
  bytes: number;
  width: number;
  height: number;
}

export interface PickCard {
  unit: PersonId;
  call_sign: string;
  distance_m: number;
  reason: "nearest" | "position_old" | "no_position";
  lapsed: boolean;
}

export interface Place {
  text: string;
  point?: GeoPoint;
  radius_m?: number;
}

export interface PlaceHold {
  call: CallId;
  reason: string;
}

export interface PlaceMatch {
  text: string;
  point: GeoPoint;
  radius_m: number;
}

export interface PlacesFound {
  id: number;
  places: PlaceMatch[];
}

export interface PlanShift {
  station: StationCode;
  from: Instant;
  until: Instant;
  people: PersonId[];
  needed: number;
}

export interface PlayCard {
  login: string;
  name?: string;
  at: Instant;
  reason?: string;
}

export interface PlayRecording {
  call: CallId;
  reason: string;
}

export interface PlayTicket {
  id: number;
  ticket: string;
  until: Instant;
}

export interface PositionReport {
  point: GeoPoint;
  radius_m: number;
}

export interface Prove {
  id: number;
  password: string;
}

export interface RateCase {
  number: string;
  code: string;
  mark: number;
}

export interface ReadCase {
  number: string;
  code: string;
}

export interface ReadReport {
  id: number;
  station: StationCode;
  span: "day" | "week" | "month";
  day?: number;
}

export interface ReaderCard {
  login: string;
  name?: string;
  station_name: string;
  first: Instant;
  last: Instant;
  worked: boolean;
}

export interface RecommendUnits {
  incident: IncidentId;
}

export interface RecordCard {
  kind: "call" | "incident" | "task" | "complaint";
  id: number;
  station: StationCode;
  station_name: string;
  latest: Instant;
  open: boolean;
  held: boolean;
  readers: ReaderCard[];
}

export interface RecordingCard {
  call: CallId;
  station: StationCode;
  station_name: string;
  arrived: Instant;
  connected?: Instant;
  ended?: Instant;
  login?: string;
  name?: string;
  incident?: IncidentId;
  outcome?: "genuine" | "information" | "complaint" | "silent" | "prank" | "duplicate";
  recorded: boolean;
  hold?: HoldCard;
  moments: MomentCard[];
  plays: PlayCard[];
}

export interface RecordingsFound {
  id: number;
  complete: boolean;
  recordings: RecordingCard[];
}

export interface RecoveryCodesTold {
  id: number;
  codes: string[];
}

export interface Refuse {
  approval: ApprovalId;
}

export interface Refused {
  id: number;
  code: string;
  field: string;
  message: string;
}

export interface RefusedSignInCard {
  refusal: SignInRefusalId;
  at: Instant;
  person?: PersonId;
  login: string;
  times: number;
  from?: string;
}

export interface Relay {
  urls: string[];
  user: string;
  credential: string;
}

export interface RemovePasskey {
  credential: string;
}

export interface RemoveShift {
  shift: ShiftId;
}

export type RemoveTotp = Record<never, never>;

export interface Removed {
  kind: string;
  id: number;
}

export interface ReplayDeliveries {
  client: ClientId;
}

export interface ReportFigures {
  offered: number;
  answered: number;
  late: number;
  hung_up: number;
  short_rings: number;
  refused: number;
  cut_off: number;
  transferred: number;
  incidents: number;
  dispatched: number;
  arrived: number;
  alerts: number;
  acknowledged: number;
  missed: number;
  within_5?: number;
  within_10?: number;
  within_20?: number;
  acknowledged_share?: number;
  occupancy?: number;
  answer: ReportTimes;
  handling: ReportTimes;
  dispatch: ReportTimes;
  acknowledgement: ReportTimes;
  arrival: ReportTimes;
}

export interface ReportFound {
  id: number;
  station: StationCode;
  name: string;
  time_zone: string;
  span: "day" | "week" | "month";
  today: number;
  first_day: number;
  last_day: number;
  behind: number;
  goal_within_5: number;
  goal_within_10: number;
  day: ReportFigures;
  week: ReportFigures;
  month: ReportFigures;
  rows: ReportRow[];
  hours: ReportHour[];
}

export interface ReportHeadset {
  works: boolean;
}

export interface ReportHour {
  hour: number;
  offered: number;
  within_10: number;
}

export interface ReportRow {
  station: StationCode;
  name: string;
  figures: ReportFigures;
}

export interface ReportTimes {
  median_s?: number;
  nine_of_ten_s?: number;
}

export interface Request {
  id: number;
  command: Command;
}

export type RequestHelp = Record<never, never>;

export interface ResumeCall {
  call: CallId;
}

export interface ResumeVoice {
  call: CallId;
}

export interface ReviewCall {
  review: ReviewId;
  form: number;
  marks: number[];
  comment: string;
}

export interface ReviewCard {
  review: ReviewId;
  call: CallId;
  incident?: IncidentId;
  station: StationCode;
  station_name: string;
  operator_name?: string;
  mine: boolean;
  reason: "drawn" | "silent" | "complaint" | "priority_one";
  call_at: Instant;
  due: Instant;
  calibrates: boolean;
  open: boolean;
  complete: boolean;
  scores: ScoreCard[];
  acknowledged?: Instant;
  answer?: string;
}

export interface ReviewFormCard {
  version: number;
  criteria: Criterion[];
}

export interface RosteredCard {
  person: PersonId;
  name?: string;
  here: boolean;
  beyond: boolean;
}

export interface RotateClientKey {
  client: ClientId;
}

export interface SayText {
  call: CallId;
  name: string;
  text: string;
}

export interface ScoreCard {
  reviewer?: string;
  mine: boolean;
  at: Instant;
  form: number;
  marks: number[];
  percent: number;
  comment?: string;
}

export interface SelfCard {
  person: PersonId;
  login: string;
  name?: string;
  role: "operator" | "officer" | "supervisor" | "administrator";
  station: StationCode;
  station_name: string;
  time_zone: string;
  station_point: GeoPoint;
  headset_passed: boolean;
  state?: "not_ready" | "ready" | "offered" | "talking" | "wrap_up";
  not_ready_reason?: "signed_in" | "pause" | "training" | "missed" | "lost" | "headset";
  since: Instant;
  offer?: OfferId;
  call?: CallId;
  outcome_by?: Instant;
  shift_until?: Instant;
  shift_zone?: string;
  lines: string[];
  on_duty: boolean;
  alert?: AlertId;
  temporary_until?: Instant;
  account?: AccountCard;
}

export interface SendTracking {
  incident: IncidentId;
}

export interface SessionOver {
  how: "signed_out" | "replaced" | "expired" | "disabled" | "password_changed" | "guessed" | "ended";
  elsewhere?: string;
  new_device?: boolean;
}

export interface SetOutcome {
  call: CallId;
  outcome: "genuine" | "information" | "complaint" | "silent" | "prank" | "duplicate";
}

export interface SetPassword {
  person: PersonId;
  password: string;
  lasting?: boolean;
}

export interface SetTotp {
  code: string;
}

export interface ShiftCard {
  shift: ShiftId;
  station: StationCode;
  from: Instant;
  until: Instant;
  needed: number;
  begun: boolean;
  ended: boolean;
  people: RosteredCard[];
  here: number;
  gap: number;
}

export interface SignInCard {
  session: SessionId;
  device: string;
  since: Instant;
  seen?: Instant;
  here: boolean;
  connected: boolean;
  how?: "signed_out" | "replaced" | "expired" | "disabled" | "password_changed" | "guessed" | "ended";
}

export type SignOut = Record<never, never>;

export interface SplitIncident {
  incident: IncidentId;
}

export interface StaffCard {
  person: PersonId;
  login: string;
  name?: string;
  role: "operator" | "officer" | "supervisor" | "administrator";
  station: StationCode;
  here: boolean;
}

export interface Station {
  code: StationCode;
  name: string;
  level: "mabes" | "polda" | "polres";
  parent: StationCode;
  point: GeoPoint;
  time_zone: string;
  regencies: RegencyCode[];
}

export interface StationCard {
  station: StationCode;
  name: string;
  level: "mabes" | "polda" | "polres";
  parent: StationCode;
  point: GeoPoint;
  time_zone: string;
  regencies: RegencyCode[];
}

export interface StopListening {
  call: CallId;
}

export type TakeNext = Record<never, never>;

export interface TakePause {
  training: boolean;
}

export interface TakeTask {
  task: TaskId;
}

export interface TaskCard {
  task: TaskId;
  kind: "callback" | "cut_off" | "refused_call" | "unanswered_alarm" | "officer_help" | "text" | "field_report" | "app_report" | "late_complaint";
  station: StationCode;
  number?: string;
  call?: CallId;
  incident?: IncidentId;
  unit?: string;
  own: boolean;
  place?: GeoPoint;
  opened: Instant;
  latest: Instant;
  calls: number;
  short_ring: boolean;
  taken_by?: string;
  taken_by_me: boolean;
  can_call: boolean;
  ringing_back: boolean;
  tries: number;
  tried?: "reached" | "busy" | "no_answer" | "declined" | "no_such_number" | "trunk_refused" | "failed" | "given_up" | "hung_up";
  tried_at?: Instant;
  texts: TextCard[];
  complaint?: string;
}

export interface TextCard {
  at: Instant;
  text: string;
}

export interface TotpOffered {
  id: number;
  secret: string;
  address: string;
}

export interface Track {
  token: string;
}

export interface TrackCard {
  report: IncidentId;
  step: "received" | "officer_assigned" | "on_the_way" | "arrived" | "closed";
  since: Instant;
  station_name: string;
  time_zone: string;
  answer?: "handled" | "passed_on" | "nothing_found" | "no_police_matter" | "false_report" | "duplicate";
}

export interface Tracking {
  known: boolean;
  report?: TrackCard;
}

export interface TransferCall {
  call: CallId;
  station: StationCode;
}

export interface UnitCard {
  unit: PersonId;
  call_sign: string;
  name?: string;
  station: StationCode;
  alert?: AlertId;
  status?: "sent" | "delivered" | "acknowledged" | "en_route" | "on_scene" | "done";
  position?: GeoPoint;
  position_at?: Instant;
}

export interface Update {
  seq: number;
  full: boolean;
  self?: SelfCard;
  board?: BoardCard;
  calls: CallCard[];
  incidents: IncidentCard[];
  units: UnitCard[];
  alerts: AlertCard[];
  tasks: TaskCard[];
  people: PersonCard[];
  shifts: ShiftCard[];
  approvals: ApprovalCard[];
  refused_sign_ins: RefusedSignInCard[];
  staff: StaffCard[];
  stations: StationCard[];
  clients: ClientCard[];
  removed: Removed[];
  reviews: ReviewCard[];
  review_forms: ReviewFormCard[];
  cases: CaseCard[];
  case_categories: CaseCategoryCard[];
}

export interface ViewPhotograph {
  call: CallId;
  sha256: string;
}

export interface Welcome {
  version: string;
  now: Instant;
  session: SessionId;
}

export interface Whisper {
  call: CallId;
  speaks: boolean;
}

export type Command =
  | ({ type: "PassHeadset" } & PassHeadset)
  | ({ type: "BeReady" } & BeReady)
  | ({ type: "TakeNext" } & TakeNext)
  | ({ type: "ReportHeadset" } & ReportHeadset)
  | ({ type: "TakePause" } & TakePause)
  | ({ type: "AcceptOffer" } & AcceptOffer)
  | ({ type: "DeclineOffer" } & DeclineOffer)
  | ({ type: "HangUp" } & HangUp)
  | ({ type: "HoldCall" } & HoldCall)
  | ({ type: "ResumeCall" } & ResumeCall)
  | ({ type: "AskToPress" } & AskToPress)
  | ({ type: "SayText" } & SayText)
  | ({ type: "ViewPhotograph" } & ViewPhotograph)
  | ({ type: "ForgiveNumber" } & ForgiveNumber)
  | ({ type: "TransferCall" } & TransferCall)
  | ({ type: "AskSupervisor" } & AskSupervisor)
  | ({ type: "JoinCall" } & JoinCall)
  | ({ type: "InviteStation" } & InviteStation)
  | ({ type: "InviteLine" } & InviteLine)
  | ({ type: "DropGuest" } & DropGuest)
  | ({ type: "LeaveCall" } & LeaveCall)
  | ({ type: "HandOver" } & HandOver)
  | ({ type: "SetOutcome" } & SetOutcome)
  | ({ type: "OpenIncident" } & OpenIncident)
  | ({ type: "EditIncident" } & EditIncident)
  | ({ type: "CloseIncident" } & CloseIncident)
  | ({ type: "SendTracking" } & SendTracking)
  | ({ type: "JoinIncident" } & JoinIncident)
  | ({ type: "SplitIncident" } & SplitIncident)
  | ({ type: "JoinSimilar" } & JoinSimilar)
  | ({ type: "RecommendUnits" } & RecommendUnits)
  | ({ type: "DispatchUnit" } & DispatchUnit)
  | ({ type: "CancelAlert" } & CancelAlert)
  | ({ type: "AdvanceAlert" } & AdvanceAlert)
  | ({ type: "DeclineAlert" } & DeclineAlert)
  | ({ type: "GoOnDuty" } & GoOnDuty)
  | ({ type: "GoOffDuty" } & GoOffDuty)
  | ({ type: "RequestHelp" } & RequestHelp)
  | ({ type: "TakeTask" } & TakeTask)
  | ({ type: "CallBack" } & CallBack)
  | ({ type: "CloseTask" } & CloseTask)
  | ({ type: "PlanShift" } & PlanShift)
  | ({ type: "ChangeShift" } & ChangeShift)
  | ({ type: "RemoveShift" } & RemoveShift)
  | ({ type: "AddPerson" } & AddPerson)
  | ({ type: "ChangePerson" } & ChangePerson)
  | ({ type: "SetPassword" } & SetPassword)
  | ({ type: "ChangePassword" } & ChangePassword)
  | ({ type: "DisablePerson" } & DisablePerson)
  | ({ type: "EnablePerson" } & EnablePerson)
  | ({ type: "DefineStation" } & DefineStation)
  | ({ type: "Agree" } & Agree)
  | ({ type: "Refuse" } & Refuse)
  | ({ type: "LookUpCaller" } & LookUpCaller)
  | ({ type: "ForgetCaller" } & ForgetCaller)
  | ({ type: "PlayRecording" } & PlayRecording)
  | ({ type: "PlaceHold" } & PlaceHold)
  | ({ type: "LiftHold" } & LiftHold)
  | ({ type: "AddClient" } & AddClient)
  | ({ type: "ChangeClient" } & ChangeClient)
  | ({ type: "RotateClientKey" } & RotateClientKey)
  | ({ type: "DisableClient" } & DisableClient)
  | ({ type: "EnableClient" } & EnableClient)
  | ({ type: "ReplayDeliveries" } & ReplayDeliveries)
  | ({ type: "OpenReport" } & OpenReport)
  | ({ type: "SetTotp" } & SetTotp)
  | ({ type: "RemoveTotp" } & RemoveTotp)
  | ({ type: "MakeRecoveryCodes" } & MakeRecoveryCodes)
  | ({ type: "AddPasskey" } & AddPasskey)
  | ({ type: "RemovePasskey" } & RemovePasskey)
  | ({ type: "KnowDevices" } & KnowDevices)
  | ({ type: "EndSession" } & EndSession)
  | ({ type: "SignOut" } & SignOut)
  | ({ type: "ListenIn" } & ListenIn)
  | ({ type: "StopListening" } & StopListening)
  | ({ type: "Whisper" } & Whisper)
  | ({ type: "ReviewCall" } & ReviewCall)
  | ({ type: "AcknowledgeReview" } & AcknowledgeReview)
  | ({ type: "AnswerCase" } & AnswerCase)
  | ({ type: "NoteCase" } & NoteCase)
  | ({ type: "MoveCase" } & MoveCase);

export type ClientMessage =
  | ({ type: "Request" } & Request)
  | ({ type: "MediaAnswer" } & MediaAnswer)
  | ({ type: "ResumeVoice" } & ResumeVoice)
  | ({ type: "PositionReport" } & PositionReport)
  | ({ type: "AlertSeen" } & AlertSeen)
  | ({ type: "FindPlace" } & FindPlace)
  | ({ type: "ReadReport" } & ReadReport)
  | ({ type: "FindRecordings" } & FindRecordings)
  | ({ type: "Prove" } & Prove)
  | ({ type: "OfferTotp" } & OfferTotp)
  | ({ type: "OfferPasskey" } & OfferPasskey)
  | ({ type: "Heartbeat" } & Heartbeat)
  | ({ type: "Track" } & Track)
  | ({ type: "PageCall" } & PageCall)
  | ({ type: "PageBack" } & PageBack)
  | ({ type: "PageOffer" } & PageOffer)
  | ({ type: "PageVoice" } & PageVoice)
  | ({ type: "PageKey" } & PageKey)
  | ({ type: "PageHangUp" } & PageHangUp)
  | ({ type: "PageText" } & PageText)
  | ({ type: "PageLanguage" } & PageLanguage)
  | ({ type: "AskCaseForm" } & AskCaseForm)
  | ({ type: "FileCase" } & FileCase)
  | ({ type: "ReadCase" } & ReadCase)
  | ({ type: "ContestCase" } & ContestCase)
  | ({ type: "RateCase" } & RateCase);

export type ServerMessage =
  | ({ type: "Welcome" } & Welcome)
  | ({ type: "Update" } & Update)
  | ({ type: "MediaOffer" } & MediaOffer)
  | ({ type: "Done" } & Done)
  | ({ type: "Refused" } & Refused)
  | ({ type: "PlacesFound" } & PlacesFound)
  | ({ type: "CallerFound" } & CallerFound)
  | ({ type: "ReportFound" } & ReportFound)
  | ({ type: "TotpOffered" } & TotpOffered)
  | ({ type: "PasskeyOffered" } & PasskeyOffered)
  | ({ type: "RecoveryCodesTold" } & RecoveryCodesTold)
  | ({ type: "RecordingsFound" } & RecordingsFound)
  | ({ type: "PlayTicket" } & PlayTicket)
  | ({ type: "SessionOver" } & SessionOver)
  | ({ type: "Beat" } & Beat)
  | ({ type: "Tracking" } & Tracking)
  | ({ type: "PageStatus" } & PageStatus)
  | ({ type: "PageAnswer" } & PageAnswer)
  | ({ type: "PageMessage" } & PageMessage)
  | ({ type: "PageLines" } & PageLines)
  | ({ type: "PageTextRefused" } & PageTextRefused)
  | ({ type: "PageCallOver" } & PageCallOver)
  | ({ type: "Relay" } & Relay)
  | ({ type: "CaseForm" } & CaseForm)
  | ({ type: "CaseFiled" } & CaseFiled)
  | ({ type: "CaseRefused" } & CaseRefused)
  | ({ type: "CaseTold" } & CaseTold);

