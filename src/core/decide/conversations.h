// What is written in a call, and photographs of the caller.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

Verdict text_typed(Decider& d, const TextTyped& in);
Verdict photograph_sealed(Decider& d, const PhotographSealed& in);
Verdict language_chosen(Decider& d, const LanguageChosen& in);
/// Notes it, when it is a language's name and another one than before.
void caller_speaks(Decider& d, CallId call, const std::string& language);
Verdict say_text(Decider& d, const SayText& c);
Verdict view_photograph(Decider& d, const ViewPhotograph& c);

}  // namespace sigap::core
