// SPDX-License-Identifier: MIT
// The table of keys.
#include "tcptable/top/input/bindings.hpp"

#include <algorithm>
#include <array>

namespace tool::top {
namespace {

using A = Action;
using M = Mode;
using N = Key::Name;

constexpr Key named(N name) {
  return {name, 0};
}

constexpr std::array kBindings{
    Binding{M::table, character('q'), A::quit, "quit"},
    Binding{M::table, character('?'), A::help, "this help"},
    Binding{M::table, named(N::up), A::up, "the line above"},
    Binding{M::table, character('k'), A::up, ""},
    Binding{M::table, named(N::down), A::down, "the line below"},
    Binding{M::table, character('j'), A::down, ""},
    Binding{M::table, named(N::page_up), A::page_up, "a page up"},
    Binding{M::table, named(N::page_down), A::page_down, "a page down"},
    Binding{M::table, named(N::home), A::first, "the first line, whatever comes there"},
    Binding{M::table, named(N::end), A::last, "the last line"},
    Binding{M::table, named(N::left), A::columns_left, "columns further left"},
    Binding{M::table, named(N::right), A::columns_right, "columns further right"},
    Binding{M::table, named(N::enter), A::open, "all about the socket; fold or unfold a group"},
    Binding{M::table, character('K'), A::details_up, "scroll what is said about the socket up"},
    Binding{M::table, character('J'), A::details_down, "... and down"},
    Binding{M::table, named(N::escape), A::back, "close that; then end search and filter"},
    Binding{M::table, character(' '), A::pause, "pause, and go on"},
    Binding{M::table, character(control('l')), A::refresh, "look and draw anew"},
    Binding{M::table, character('/'), A::search, "search while you type"},
    Binding{M::table, character('n'), A::search_next, "the next one found"},
    Binding{M::table, character('N'), A::search_previous, "the one found before"},
    Binding{M::table, character('f'), A::filter, "show only lines with these words"},
    Binding{M::table, character('c'), A::columns, "choose the columns"},
    Binding{M::table, character('>'), A::sort_next, "sort by the next column"},
    Binding{M::table, character('<'), A::sort_previous, "sort by the column before"},
    Binding{M::table, character('r'), A::reverse, "sort the other way round"},
    Binding{M::table, character('g'), A::group, "group by process, by unit, not at all"},
    Binding{M::table, character('t'), A::toggle_tcp, "TCP on and off"},
    Binding{M::table, character('u'), A::toggle_udp, "UDP on and off"},
    Binding{M::table, character('l'), A::toggle_listening, "listeners, and UDP without a peer"},
    Binding{M::table, character('e'), A::toggle_established, "established connections"},
    Binding{M::table, character('o'), A::toggle_other, "other connections: they begin or end"},

    Binding{M::search, named(N::enter), A::open, ""},
    Binding{M::search, named(N::escape), A::back, ""},
    Binding{M::search, named(N::backspace), A::erase, ""},
    Binding{M::search, character(control('u')), A::erase_all, ""},
    Binding{M::filter, named(N::enter), A::open, ""},
    Binding{M::filter, named(N::escape), A::back, ""},
    Binding{M::filter, named(N::backspace), A::erase, ""},
    Binding{M::filter, character(control('u')), A::erase_all, ""},

    Binding{M::columns, named(N::up), A::up, ""},
    Binding{M::columns, character('k'), A::up, ""},
    Binding{M::columns, named(N::down), A::down, ""},
    Binding{M::columns, character('j'), A::down, ""},
    Binding{M::columns, character(' '), A::toggle_column, ""},
    Binding{M::columns, named(N::enter), A::back, ""},
    Binding{M::columns, named(N::escape), A::back, ""},
    Binding{M::columns, character('c'), A::back, ""},
    Binding{M::columns, character('q'), A::back, ""},

    Binding{M::help, named(N::up), A::up, ""},
    Binding{M::help, character('k'), A::up, ""},
    Binding{M::help, named(N::down), A::down, ""},
    Binding{M::help, character('j'), A::down, ""},
    Binding{M::help, named(N::page_up), A::page_up, ""},
    Binding{M::help, named(N::page_down), A::page_down, ""},
    Binding{M::help, named(N::enter), A::back, ""},
    Binding{M::help, named(N::escape), A::back, ""},
    Binding{M::help, character('?'), A::back, ""},
    Binding{M::help, character('q'), A::back, ""},
};

constexpr std::array<std::string_view, 12> kNames{"",     "up",   "down", "left",  "right", "PgUp",
                                                  "PgDn", "Home", "End",  "Enter", "Esc",   "Backspace"};

}  // namespace

std::span<const Binding> all_bindings() {
  return kBindings;
}

std::optional<Action> action_for(Mode mode, Key key) {
  const auto found = std::find_if(kBindings.begin(), kBindings.end(), [&](const Binding& binding) {
    return binding.mode == mode && binding.key == key;
  });
  return found == kBindings.end() ? std::nullopt : std::optional(found->action);
}

std::string key_name(Key key) {
  if (key.name != N::character) return std::string(kNames[static_cast<std::size_t>(key.name)]);
  if (key.character == ' ') return "space";
  if (key.character < ' ') return {'^', static_cast<char>(key.character + '@')};
  return {static_cast<char>(key.character)};  // the table has ASCII alone
}

}  // namespace tool::top
