// The WebSocket messages, both ways. Every message is a JSON object with "type" = the struct's name.
// A client numbers its requests (`id`, rising); every request gets exactly one Done or Refused with that id.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "core/views/cards.h"

namespace sigap::core {

// ---- client to server
struct Request {
  std::int64_t id = 0;
  Command command;
};
/// The browser's half of the bridge (docs/protocol.md, "voice").
struct MediaAnswer {
  OfferId offer;
  std::string sdp;
};
/// The browser is in this call but holds no voice path any more (the page was loaded anew): a new MediaOffer follows.
struct ResumeVoice {
  CallId call;
};
/// An officer's position, sent on duty only; or that of a citizen whose page calls.
struct PositionReport {
  GeoPoint point;
  std::int32_t radius_m = 0;
};
/// The alert is on the officer's screen.
struct AlertSeen {
  AlertId alert;
};
struct FindPlace {
  std::int64_t id = 0;
  std::string text;  ///< at least 2, at most 100 bytes
};
enum class ReportSpan { day, week, month };
/// What the line did at a station and all below it. `span`: of its table and its hours.
struct ReadReport {
  std::int64_t id = 0;
  StationCode station;
  ReportSpan span = ReportSpan::day;
  std::optional<std::int64_t> day = {};  ///< that the span has in it, as days count in ReportFound; none: today
};
/// Asks for calls that were recorded, or are held, of the viewer's reach; of administrators: that are held.
struct FindRecordings {
  std::int64_t id = 0;
  std::optional<CallId> call;  ///< this one, with its moments and who heard it
  std::optional<IncidentId> incident;
  std::optional<StationCode> station;
  std::optional<Instant> from;   ///< arrived since then ...
  std::optional<Instant> until;  ///< ... and before that
  std::optional<bool> held;
};
/// The password again, before what asks for it (refused with "proof" until then).
struct Prove {
  std::int64_t id = 0;
  std::string password;
};
/// Asks for a secret that a telephone's app makes codes of. SetTotp then says the first.
struct OfferTotp {
  std::int64_t id = 0;
};
/// Asks for a challenge that the browser makes a passkey for. AddPasskey then brings it.
struct OfferPasskey {
  std::int64_t id = 0;
};
/// Sent each second; a server that hears nothing for 5 s takes the browser for lost.
struct Heartbeat {};
/// Citizen: follow a report. The token comes from the link's fragment.
struct Track {
  std::string token;
};
/// Citizen: what can be complained of, and of which stations.
struct AskCaseForm {};
/// Citizen: complains. Said again with the same code it is the same complaint.
struct FileCase {
  std::string code;  ///< of the page's own making, 16 letters of Crockford's base 32: whoever has it has the complaint
  std::string category;
  std::optional<StationCode> station = {};
  std::string text;                        ///< 10 to 4000 bytes
  std::optional<std::string> where = {};   ///< at most 200 bytes
  std::optional<std::string> number = {};  ///< that is told when there is an answer; at most 32 bytes
};
/// Citizen: follows a complaint.
struct ReadCase {
  std::string number;  ///< as it is spoken
  std::string code;
};
/// Citizen: it is not solved. Once.
struct ContestCase {
  std::string number;
  std::string code;
  std::string text;  ///< 1 to 4000 bytes
};
/// Citizen: how content they are with how a closed complaint went, 1 to 5.
struct RateCase {
  std::string number;
  std::string code;
  std::int64_t mark = 0;
};
/// A citizen's page calls. Said again until something of the call is heard: it is one call, whatever process hears it.
struct PageCall {
  std::string token;       ///< of the page's own making, 32 random bytes as base64url: whoever has it has the call
  std::string page;        ///< the same, kept by the page for all its calls: what it is recognised by
  std::int64_t offer = 1;  ///< the page numbers its offers
  std::string sdp;
  std::optional<Location> location;
  std::optional<std::string> number;         ///< that the caller may be called back at, as they wrote it
  std::optional<std::string> language = {};  ///< of the page, as the caller chose it
};
/// The page of a call is back: its socket, or the whole page, went away meanwhile.
struct PageBack {
  std::string token;
  std::string voice;  ///< ice-ufrag of the answer that its voice path was made with; empty: it has none
};
/// A new voice path, in place of the one before.
struct PageOffer {
  std::int64_t offer = 0;
  std::string sdp;
};
/// The page's voice path was made with this answer.
struct PageVoice {
  std::int64_t offer = 0;
};
struct PageKey {
  std::string digit;
};
struct PageHangUp {};
/// The caller writes. Said again until PageLines has it, one after the other.
struct PageText {
  std::string name;  ///< of the page's own making, 1 to 64 characters of base64url
  std::string text;
};
/// The caller chose another language.
struct PageLanguage {
  std::string language;
};
using ClientKinds =
    std::variant<Request, MediaAnswer, ResumeVoice, PositionReport, AlertSeen, FindPlace, ReadReport, FindRecordings,
                 Prove, OfferTotp, OfferPasskey, Heartbeat, Track, PageCall, PageBack, PageOffer, PageVoice, PageKey,
                 PageHangUp, PageText, PageLanguage, AskCaseForm, FileCase, ReadCase, ContestCase, RateCase>;
using ClientMessage = ClosedVariant<ClientKinds>;

// ---- server to client
struct Welcome {
  std::string version;
  Instant now;  ///< server time, to correct the browser's clock
  SessionId session;
};
struct Update {
  std::int64_t seq = 0;  ///< 1, 2, 3 ... per connection
  bool full = false;     ///< forget what you knew
  std::optional<SelfCard> self;
  std::optional<BoardCard> board;
  std::vector<CallCard> calls;
  std::vector<IncidentCard> incidents;
  std::vector<UnitCard> units;
  std::vector<AlertCard> alerts;
  std::vector<TaskCard> tasks;
  std::vector<PersonCard> people;
  std::vector<ShiftCard> shifts;
  std::vector<ApprovalCard> approvals;
  std::vector<RefusedSignInCard> refused_sign_ins;
  std::vector<StaffCard> staff;
  std::vector<StationCard> stations;
  std::vector<ReviewCard> reviews;
  std::vector<ReviewFormCard> review_forms;  ///< all of them, in a full one
  std::vector<ClientCard> clients;
  std::vector<CaseCard> cases;
  std::vector<CaseCategoryCard> case_categories;  ///< all of them, in a full one
  std::vector<Removed> removed;
};
/// A TURN relay (RFC 8656) for a voice that its network lets nowhere else, with what it asks for, for this page alone.
/// On a citizen's page that calls it is the first thing said, and again before it is over; without urls there is none.
struct Relay {
  std::vector<std::string> urls;
  std::string user, credential;
};
/// What a voice path is for that has no part in the call.
enum class BesideCall {
  listening,  ///< a supervisor hears caller and operator, and sends nothing
  whisper     ///< from the listener to the operator's headset: never mixed into what anybody else hears
};
/// Second half of AcceptOffer: make your answer to this SDP.
struct MediaOffer {
  OfferId offer;
  CallId call;
  std::string sdp;
  bool guest = false;  ///< the guest's voice, for the operator who has the caller's already: the page mixes
  std::optional<BesideCall> beside = {};  ///< absent: a voice of the call itself
  std::optional<Relay> relay = {};
};
struct Done {
  std::int64_t id = 0;
  std::optional<std::string> key = {};  ///< that a client signs with from now on: nobody is shown it again
};
/// id 0: the message could not even be read as a request.
struct Refused {
  std::int64_t id = 0;
  std::string code;
  std::string field;
  std::string message;
};
struct PlaceMatch {
  std::string text;
  GeoPoint point;
  std::int64_t radius_m = 0;  ///< the place lies within this of the point: 2 km of a village, a regency's width
};
struct PlacesFound {
  std::int64_t id = 0;
  std::vector<PlaceMatch> places;
};
/// Of a LookUpCaller, before its Done: the newest records of the viewer's reach, and how many are elsewhere.
struct CallerFound {
  std::int64_t id = 0;
  bool complete = true;  ///< false: the index has not yet read the whole journal, or there are more than are shown
  std::int64_t elsewhere = 0;
  std::vector<RecordCard> records;
};
/// Durations in whole seconds, rounded up; nothing where there was none.
struct ReportTimes {
  std::optional<std::int64_t> median_s, nine_of_ten_s;
};
/// Shares in thousandths, rounded down (docs/figures.md). `late`: answered, but later than 10 s.
struct ReportFigures {
  std::int64_t offered = 0, answered = 0, late = 0, hung_up = 0, short_rings = 0, refused = 0, cut_off = 0,
               transferred = 0;
  std::int64_t incidents = 0, dispatched = 0, arrived = 0, alerts = 0, acknowledged = 0, missed = 0;
  std::optional<std::int64_t> within_5, within_10, within_20, acknowledged_share, occupancy;
  ReportTimes answer, handling, dispatch, acknowledgement, arrival;
};
/// A station with all below it; the one that was asked for stands for itself alone.
struct ReportRow {
  StationCode station;
  std::string name;
  ReportFigures figures;
};
struct ReportHour {
  std::int64_t hour = 0;
  std::int64_t offered = 0, within_10 = 0;
};
/// Answer to ReadReport. Days count from 1970-01-01 on the stations' own clocks.
struct ReportFound {
  std::int64_t id = 0;
  StationCode station;
  std::string name;
  std::string time_zone;
  ReportSpan span = ReportSpan::day;
  std::int64_t today = 0;
  std::int64_t first_day = 0, last_day = 0;  ///< of the span; it ends today at the latest
  std::int64_t behind = 0;                   ///< events that the history has yet to take
  std::int64_t goal_within_5 = 0, goal_within_10 = 0;
  ReportFigures day, week, month;  ///< that have last_day in them
  std::vector<ReportRow> rows;
  std::vector<ReportHour> hours;
};
/// To OfferTotp. It is good for ten minutes, and for this sign-in.
struct TotpOffered {
  std::int64_t id = 0;
  std::string secret;   ///< Base32, to be typed
  std::string address;  ///< otpauth://totp/..., to be shown as a QR code
};
/// To OfferPasskey. It is good for ten minutes, and for this sign-in.
struct PasskeyOffered {
  std::int64_t id = 0;
  std::string host;                ///< whose passkeys they are (rpId)
  std::string page;                ///< the address at which they can be made and used
  std::string challenge;           ///< base64url
  std::string user;                ///< base64url
  std::vector<std::string> known;  ///< credentials of passkeys that the person has
};
/// Of a command that makes recovery codes, before its Done. Each opens the door once; they are told never again.
struct RecoveryCodesTold {
  std::int64_t id = 0;
  std::vector<std::string> codes;
};
/// The newest first.
struct RecordingsFound {
  std::int64_t id = 0;
  bool complete = true;  ///< false: the index has not yet read the whole journal, or there are more than are shown
  std::vector<RecordingCard> recordings;
};
/// Of a PlayRecording, before its Done. GET /suara/TICKET.wav and .json, by the same sign-in.
struct PlayTicket {
  std::int64_t id = 0;
  std::string ticket;
  Instant until;  ///< it opens nothing from then on
};
/// The session is over (why: signed_out, replaced, expired, disabled, password_changed); the socket closes.
struct SessionOver {
  people::SessionEnd how = people::SessionEnd::signed_out;
  std::optional<std::string> elsewhere;  ///< replaced: on which device the person signed in
  std::optional<bool> new_device;        ///< on which they never had before
};
struct Beat {
  Instant now;
};
struct Tracking {
  bool known = false;  ///< false: the link is unknown or no longer valid
  std::optional<TrackCard> report;
};
/// A station that can be complained of.
struct CaseStation {
  StationCode station;
  std::string name;
  std::optional<StationCode> parent;
};
/// To AskCaseForm.
struct CaseForm {
  std::vector<CaseCategoryCard> categories;
  std::vector<CaseStation> stations;
};
/// A complaint stands in the journal, by this number.
struct CaseFiled {
  std::string number;
};
/// What the citizen asked of a complaint is not done: "invalid", "too_long", "too_many" (try again in an hour),
/// "outside" (about the headquarters' own people: it is not ours to judge), "gone", "format".
struct CaseRefused {
  std::string code;
  std::string field;
};
/// To ReadCase, ContestCase and RateCase, and whenever something of it changes.
struct CaseTold {
  bool known = false;  ///< false: no such number with that code, or it was over long ago
  std::optional<OwnCaseCard> complaint;
};
/// To the page's offer of that number. 0: to none, the voice was lost here: offer anew. Without an SDP the offer is not
/// taken now: the path before stays, offer again a little later.
struct PageAnswer {
  std::int64_t offer = 0;
  std::string sdp;
};
/// A text message, for who has no telephone.
struct PageMessage {
  std::string text;
};
/// What is written in the call: each line once, in order.
struct PageLines {
  std::vector<LineCard> lines;
  bool full = false;  ///< these are all; otherwise they come behind those that were told before
};
/// A line is not taken: "too_fast" (again in a moment), "too_many", "too_long", "invalid", "over" (the call has ended).
struct PageTextRefused {
  std::string name;
  std::string code;
};
struct PageCallOver {
  bool answered = false;  ///< a person had been on
  bool by_page = false;   ///< the page hung up, or was away too long
  bool number = false;    ///< there is a number to call back
};
using ServerKinds = std::variant<Welcome, Update, MediaOffer, Done, Refused, PlacesFound, CallerFound, ReportFound,
                                 TotpOffered, PasskeyOffered, RecoveryCodesTold, RecordingsFound, PlayTicket,
                                 SessionOver, Beat, Tracking, PageStatus, PageAnswer, PageMessage, PageLines,
                                 PageTextRefused, PageCallOver, Relay, CaseForm, CaseFiled, CaseRefused, CaseTold>;
using ServerMessage = ClosedVariant<ServerKinds>;

}  // namespace sigap::core
