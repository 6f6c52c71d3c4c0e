// Complaints: opened by citizens and by calls, answered, given on, raised when nobody answers, over.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

Verdict define_case_categories(Decider& d, const DefineCaseCategories& in);
/// Refused with "invalid", "too_long", "too_many", "outside" (nobody of ours may judge it).
Verdict complain(Decider& d, const CaseArrives& in);
/// Refused with "unknown", "too_long", "invalid", "gone" (not closed, or said before).
Verdict complain(Decider& d, const CaseDisputed& in);
Verdict complain(Decider& d, const CaseMarked& in);
/// What an operator says that a call was; of a complaint a case is opened. `fresh`: its code is made of it.
Verdict outcome_said(Decider& d, const SetOutcome& c, const std::string& fresh);
Verdict answer_case(Decider& d, const AnswerCase& c);
Verdict note_case(Decider& d, const NoteCase& c);
Verdict move_case(Decider& d, const MoveCase& c);
/// Nobody answered it in time; or its time after closing is over.
void case_due(Decider& d, CaseId id);

}  // namespace sigap::core
