// Second factors at a sign-in, whoever must have one, devices that are new, and sign-ins that an administrator ends.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"

namespace sigap::core {
namespace {

using people::FactorKind;
using people::Role;

struct Door : Nation {
  PersonId first_id = add("admin1", Role::administrator, "polda-diy");
  PersonId second_id = add("admin2", Role::administrator, "polda-diy");
  PersonId operator_id = add("operator", Role::operator_, "polres-sleman");

  std::string code() const { return refusal ? refusal->code : ""; }
  const people::Person& person(PersonId id) const { return *state.people.person(id); }
  /// Yields no session where the sign-in was refused.
  SessionId enters(PersonId id, std::optional<FactorGiven> factor = {}, const std::string& device = "") {
    const SessionId session{state.next.session};
    say(SignIn{id, "t" + std::to_string(session.value), "", device, device.empty() ? "" : "Browser " + device,
               std::move(factor)});
    if (refusal) return {};
    say(BrowserAttached{session});
    return session;
  }
  void asks(SessionId session, Command command, FactorMade made) {
    CommandAsked asked{SignedIn{session}, std::move(command), "", ""};
    asked.made = std::move(made);
    say(asked);
  }
  void sets_totp(SessionId session, std::int64_t step) {
    asks(session, SetTotp{}, {"SECRET", step, "", "", 0, 0, "salt", {"hash1", "hash2"}});
  }
  void adds_passkey(SessionId session, const std::string& credential, std::int64_t counter) {
    asks(session, AddPasskey{"Kunci", "", ""}, {"", 0, credential, "public", -7, counter, "salt", {"hash1"}});
  }
  static FactorGiven totp(std::int64_t step) { return {FactorKind::totp, step, "", "", 0}; }
  static FactorGiven recovery(const std::string& hash) { return {FactorKind::recovery, 0, hash, "", 0}; }
  static FactorGiven passkey(const std::string& credential, std::int64_t counter) {
    return {FactorKind::passkey, 0, "", credential, counter};
  }
  SelfCard self(PersonId id) const {
    const auto* session = state.people.session_of(id);
    const views::View view{state, positions, policy, person(id)};
    return *views::Picture(session ? session->id : SessionId{}).complete(view).self;
  }
};

}  // namespace

TEST(SecondFactorTest, ACodeOpensTheDoorOnceAndNeverAgain) {
  Door d;
  d.sets_totp(d.enters(d.operator_id), 100);
  ASSERT_EQ(d.code(), "");
  EXPECT_EQ(d.self(d.operator_id).account->recovery_codes, 2);
  EXPECT_FALSE(d.enters(d.operator_id));
  EXPECT_EQ(d.code(), "second");
  for (const std::int64_t used : {100, 99}) {  // the code that set it up, and one before
    EXPECT_FALSE(d.enters(d.operator_id, Door::totp(used)));
    EXPECT_EQ(d.code(), "replayed") << used;
  }
  EXPECT_TRUE(d.enters(d.operator_id, Door::totp(101)));
  EXPECT_EQ(d.happened<people::BrowserConnected>().size(), 1u);
  EXPECT_FALSE(d.enters(d.operator_id, Door::totp(101)));
  EXPECT_EQ(d.code(), "replayed");
  EXPECT_TRUE(d.enters(d.operator_id, Door::totp(102)));
}

TEST(SecondFactorTest, ARecoveryCodeIsUsedUp) {
  Door d;
  d.sets_totp(d.enters(d.operator_id), 100);
  EXPECT_TRUE(d.enters(d.operator_id, Door::recovery("hash2")));
  EXPECT_EQ(d.self(d.operator_id).account->recovery_codes, 1);
  for (const auto* wrong : {"hash2", "hash3", ""}) {
    EXPECT_FALSE(d.enters(d.operator_id, Door::recovery(wrong)));
    EXPECT_EQ(d.code(), "wrong") << wrong;
  }
  const auto session = d.enters(d.operator_id, Door::recovery("hash1"));
  ASSERT_TRUE(session);
  d.asks(session, MakeRecoveryCodes{}, {"", 0, "", "", 0, 0, "other", {"hash7"}});
  EXPECT_FALSE(d.enters(d.operator_id, Door::recovery("hash1")));
  EXPECT_TRUE(d.enters(d.operator_id, Door::recovery("hash7")));
}

TEST(SecondFactorTest, APasskeyWhoseCounterDoesNotGrowOpensNothingAnyMore) {
  Door d;
  d.adds_passkey(d.enters(d.operator_id), "key", 5);
  EXPECT_TRUE(d.enters(d.operator_id, Door::passkey("key", 6)));
  EXPECT_FALSE(d.enters(d.operator_id, Door::passkey("key", 6)));
  EXPECT_EQ(d.code(), "cloned");
  ASSERT_EQ(d.happened<people::PasskeyCloned>().size(), 1u);
  EXPECT_TRUE(d.self(d.operator_id).account->passkeys[0].cloned) << "the person is told, where they are signed in";
  EXPECT_FALSE(d.enters(d.operator_id, Door::passkey("key", 7)));
  EXPECT_EQ(d.code(), "cloned") << "which of the two it is, nobody knows";
}

TEST(SecondFactorTest, APasskeyThatDoesNotCountIsTaken) {
  Door d;
  d.adds_passkey(d.enters(d.operator_id), "key", 0);
  EXPECT_TRUE(d.enters(d.operator_id, Door::passkey("key", 0)));
  EXPECT_TRUE(d.enters(d.operator_id, Door::passkey("key", 0)));
}

TEST(SecondFactorTest, APasskeyIsOfOnePersonAlone) {
  Door d;
  d.adds_passkey(d.enters(d.operator_id), "key", 0);
  EXPECT_FALSE(d.enters(d.first_id, Door::passkey("key", 0)));
  EXPECT_EQ(d.code(), "wrong");
  d.adds_passkey(d.enters(d.first_id), "key", 0);
  EXPECT_EQ(d.code(), "exists");
}

TEST(SecondFactorTest, WhoMustHaveOneDoesNothingBeforeItIsSetUp) {
  Door d;
  d.policy.second_factor_required = true;
  const auto free = d.enters(d.operator_id);
  d.ask(free, PassHeadset{});
  EXPECT_EQ(d.code(), "") << "an operator may have one";
  const auto session = d.enters(d.first_id);
  EXPECT_TRUE(d.self(d.first_id).account->owes_factor);
  const views::View view{d.state, d.positions, d.policy, d.person(d.first_id)};
  EXPECT_TRUE(views::Picture(session).complete(view).people.empty());
  std::vector<Command> all(std::variant_size_v<CommandKinds>);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].choose(i);
    if (access::opens(d.person(d.first_id), all[i])) continue;
    d.ask(session, all[i]);
    EXPECT_TRUE(d.code() == "second_factor" || d.code() == "not_allowed") << i << " " << d.code();
  }
  d.sets_totp(session, 100);
  EXPECT_EQ(d.code(), "");
  EXPECT_FALSE(d.self(d.first_id).account->owes_factor);
  EXPECT_FALSE(views::Picture(session).complete(view).people.empty());
  d.ask(session, RemoveTotp{});
  EXPECT_EQ(d.code(), "second_factor") << "the last one stays";
  d.adds_passkey(session, "key", 0);
  d.ask(session, RemoveTotp{});
  EXPECT_EQ(d.code(), "");
  d.ask(session, RemovePasskey{"key"});
  EXPECT_EQ(d.code(), "second_factor");
}

TEST(SecondFactorTest, TwoAdministratorsGiveAnAccountBackWithoutWhatWasLost) {
  Door d;
  d.policy.second_factor_required = true;
  const auto supervisor = d.add("pengawas", Role::supervisor, "polres-sleman");
  d.sets_totp(d.enters(supervisor), 100);
  d.policy.second_factor_required = false;  // the administrators of this test have none
  const auto first = d.enters(d.first_id), second = d.enters(d.second_id);
  d.ask(first, SetPassword{supervisor, "hash-of-another"});
  ASSERT_EQ(d.code(), "");
  EXPECT_TRUE(d.person(supervisor).has_second_factor()) << "one alone takes nothing away";
  d.ask(second, Agree{d.state.people.approvals.begin()->first});
  EXPECT_EQ(d.happened<people::SecondFactorsRemoved>().size(), 1u);
  EXPECT_FALSE(d.person(supervisor).has_second_factor());
  d.policy.second_factor_required = true;
  const auto session = d.enters(supervisor);
  d.sets_totp(session, 200);
  EXPECT_EQ(d.code(), "own_password") << "a password of somebody else's making binds no telephone";
  d.ask(session, ChangePassword{"", "hash-of-own"});
  d.ask(session, PassHeadset{});
  EXPECT_EQ(d.code(), "second_factor");
  d.sets_totp(session, 200);
  EXPECT_EQ(d.code(), "");
}

TEST(SecondFactorTest, ANewDeviceIsToldWhereverThePersonIsButOnIt) {
  Door d;
  d.enters(d.operator_id, {}, "desk");
  EXPECT_TRUE(d.self(d.operator_id).account->new_devices.empty()) << "the first one is news to nobody";
  const auto stranger = d.enters(d.operator_id, {}, "telephone");
  EXPECT_TRUE(d.self(d.operator_id).account->new_devices.empty()) << "not to whoever holds it";
  d.ask(stranger, KnowDevices{});
  const auto back = d.enters(d.operator_id, {}, "desk");
  const auto account = *d.self(d.operator_id).account;
  ASSERT_EQ(account.new_devices.size(), 1u);
  EXPECT_EQ(account.new_devices[0].device, "Browser telephone");
  ASSERT_EQ(account.sign_ins.size(), 3u);
  EXPECT_TRUE(account.sign_ins[0].here);
  EXPECT_EQ(account.sign_ins[1].device, "Browser telephone");
  EXPECT_EQ(account.sign_ins[1].how, people::SessionEnd::replaced);
  d.ask(back, KnowDevices{});
  EXPECT_TRUE(d.self(d.operator_id).account->new_devices.empty());
}

TEST(SecondFactorTest, AnAdministratorEndsASignInAtOnce) {
  Door d;
  const auto theirs = d.enters(d.operator_id), admin = d.enters(d.first_id);
  d.ask(admin, EndSession{d.operator_id});
  EXPECT_EQ(d.code(), "");
  EXPECT_FALSE(d.state.people.session(theirs));
  d.ask(admin, EndSession{d.first_id});
  EXPECT_EQ(d.code(), "not_allowed");
}

TEST(SecondFactorTest, AJournalOfAnOlderFormatAsksForNone) {
  Door d;
  d.policy.second_factor_required = true;
  d.state.format = 1;
  const auto session = d.enters(d.first_id, {}, "desk");
  EXPECT_FALSE(d.self(d.first_id).account->owes_factor);
  d.sets_totp(session, 100);
  EXPECT_EQ(d.code(), "format");
}

}  // namespace sigap::core
