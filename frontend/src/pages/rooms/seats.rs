//! The seats of a room: every one at a glance, and what can be done at the one that is chosen.

use super::{
    act_form::{ActForm, OF_SEAT},
    line::RoomLine,
    words::{hour, minutes_between, state_name, tone},
};
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    ui::{Card, Tag, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    delivery::{RoomActKind, RoomSeat, RoomSeatState, WatchedRoom},
    ids::SittingId,
};

/// All seats, and the acts of the chosen one.
#[component]
pub(super) fn Seats(
    /// The path of the room.
    path: String,
    /// The room.
    line: RoomLine,
) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(None::<SittingId>);
    let ids = Memo::new(move |_| {
        let of = |room: &WatchedRoom| room.seats.iter().map(|seat| seat.sitting_id).collect::<Vec<_>>();
        line.room.with(|room| room.as_ref().map(of).unwrap_or_default())
    });
    let path = StoredValue::new(path);
    view! {
        <ul class="room-seats" aria-label=move || td_string!(i18n.get_locale(), rooms.seat)>
            <For each=move || ids.get() key=|id| *id let:id>
                <Seat id line chosen />
            </For>
        </ul>
        <p class="muted small">{t!(i18n, rooms.focus_note)}</p>
        {move || chosen.get().map(|id| view! { <Chosen path=path.get_value() id line chosen /> })}
    }
}

/// One seat.
#[component]
fn Seat(id: SittingId, line: RoomLine, chosen: RwSignal<Option<SittingId>>) -> impl IntoView {
    let seat = Memo::new(move |_| line.seat(id));
    let is_chosen = move || chosen.get() == Some(id);
    let choose = move |_| {
        chosen.update(|chosen| *chosen = if *chosen == Some(id) { None } else { Some(id) });
        // What can be done stands below all seats: on a phone, far out of sight.
        if chosen.get_untracked().is_some() {
            focus_on(OF_SEAT.first());
        }
    };
    view! {
        <li>
            <button
                type="button"
                id=button_id(id)
                class="room-seat"
                aria-pressed=move || if is_chosen() { "true" } else { "false" }
                on:click=choose
            >
                {move || seat.get().map(|seat| view! { <Glance seat line /> })}
            </button>
        </li>
    }
}

/// Names the button of a seat, to go back to it.
fn button_id(id: SittingId) -> String {
    format!("seat-{id}")
}

/// What is to be seen of a seat.
#[component]
fn Glance(seat: RoomSeat, line: RoomLine) -> impl IntoView {
    let i18n = use_i18n();
    let (state, last_seen_at, paused_at) = (seat.state, seat.last_seen_at, seat.paused_at);
    let name = move || state_name(i18n.get_locale(), state);
    // Only what counts minutes looks at the clock.
    let since = move || {
        let locale = i18n.get_locale();
        match (state, last_seen_at, paused_at) {
            (RoomSeatState::Offline, Some(seen), _) => {
                Some(td_string!(locale, rooms.offline_for, time = minutes_between(seen, line.now.get())))
            }
            (RoomSeatState::Paused, _, Some(paused)) => {
                Some(td_string!(locale, rooms.paused_for, time = minutes_between(paused, line.now.get())))
            }
            _ => None,
        }
    };
    let number = seat.seat;
    let facts = {
        let seat = seat.clone();
        move || facts(&seat, i18n.get_locale())
    };
    view! {
        <span class="row spread">
            <b class="num">{move || td_string!(i18n.get_locale(), rooms.seat_number, number = number)}</b>
            <Tag tone=tone(state)>{name}</Tag>
        </span>
        <span>{seat.candidate_name}</span>
        <span class="muted small num">{seat.ticket_number}</span>
        <span class="small num">{since}</span>
        {move || facts().into_iter().map(|(tone, words)| view! { <Tag tone>{words}</Tag> }).collect_view()}
    }
}

/// What else is worth a look.
fn facts(seat: &RoomSeat, locale: crate::i18n::Locale) -> Vec<(Tone, String)> {
    let mut facts = Vec::new();
    if let Some(from) = seat.moved_from {
        facts.push((Tone::Plain, td_string!(locale, rooms.moved_from, from = from)));
    }
    if seat.unsent > 0 {
        facts.push((Tone::Wait, td_string!(locale, rooms.unsent_count, count = seat.unsent)));
    }
    if seat.has_unheard {
        facts.push((Tone::Wait, td_string!(locale, rooms.unheard).to_owned()));
    }
    if seat.is_identity_right == Some(false) {
        facts.push((Tone::Stop, td_string!(locale, rooms.identity_doubt).to_owned()));
    }
    if seat.submit_proposed_by.is_some() {
        facts.push((Tone::Stop, td_string!(locale, rooms.submit_proposed).to_owned()));
    }
    if seat.late_proposed_by.is_some() {
        facts.push((Tone::Stop, td_string!(locale, rooms.late_proposed).to_owned()));
    } else if seat.is_too_late {
        facts.push((Tone::Wait, td_string!(locale, rooms.too_late).to_owned()));
    }
    if seat.needs_safe_browser {
        facts.push((Tone::Plain, td_string!(locale, rooms.safe_browser).to_owned()));
    }
    if seat.may_take_over {
        facts.push((Tone::Wait, td_string!(locale, rooms.may_take_over).to_owned()));
    }
    if seat.epoch > 1 {
        facts.push((Tone::Plain, td_string!(locale, rooms.devices, number = seat.epoch)));
    }
    if seat.focus_losses > 0 {
        let (times, seconds) = (seat.focus_losses, seat.focus_lost_s);
        facts.push(match seat.left_often {
            true => (Tone::Wait, td_string!(locale, rooms.focus_often, times = times, seconds = seconds)),
            false => (Tone::Plain, td_string!(locale, rooms.focus_count, times = times, seconds = seconds)),
        });
    }
    if seat.late_answers > 0 {
        facts.push((Tone::Plain, td_string!(locale, rooms.late_answers, count = seat.late_answers)));
    }
    if seat.returned_s > 0 {
        facts.push((Tone::Plain, td_string!(locale, rooms.returned, minutes = seat.returned_s.div_ceil(60))));
    }
    facts
}

/// What can be done at the chosen seat.
#[component]
fn Chosen(path: String, id: SittingId, line: RoomLine, chosen: RwSignal<Option<SittingId>>) -> impl IntoView {
    let i18n = use_i18n();
    let known = line.room.with_untracked(|room| {
        let seat = room.as_ref()?.seats.iter().find(|seat| seat.sitting_id == id)?;
        Some((seat.candidate_name.clone(), seat.ticket_number.clone()))
    });
    let Some((name, ticket)) = known else { return ().into_any() };
    let seat = Memo::new(move |_| line.seat(id));
    let kinds = Signal::derive(move || seat.with(|seat| seat.as_ref().map(acts_at).unwrap_or_default()));
    let ends = move || {
        let at = seat.with(|seat| seat.as_ref().map(|seat| hour(seat.deadline))).unwrap_or_default();
        td_string!(i18n.get_locale(), rooms.deadline, time = at)
    };
    let done = Callback::new(move |room: WatchedRoom| {
        line.room.set(Some(room));
        chosen.set(None);
        focus_on(format!("#{}", button_id(id)));
    });
    view! {
        <Card title=words(|locale| td_string!(locale, rooms.seat_acts))>
            <p><b>{name}</b> " · " <span class="num">{ticket.clone()}</span> " · " <span class="num">{ends}</span></p>
            <ActForm path ticket=Some(ticket) kinds ids=OF_SEAT on_done=done />
        </Card>
    }
    .into_any()
}

/// What makes sense at a seat; whether it is allowed, the server says.
fn acts_at(seat: &RoomSeat) -> Vec<RoomActKind> {
    let is_paused = seat.paused_at.is_some();
    let is_on_paper = seat.state == RoomSeatState::OnPaper;
    let is_proposed = seat.submit_proposed_by.is_some();
    let (needs_safe_browser, is_too_late) = (seat.needs_safe_browser, seat.is_too_late);
    let makes_sense = |kind: &RoomActKind| match kind {
        RoomActKind::Admit | RoomActKind::ReadOutKey => false,
        RoomActKind::Pause => !is_paused,
        RoomActKind::Resume => is_paused,
        RoomActKind::ProposeSubmit => !is_proposed,
        RoomActKind::ForceSubmit => is_proposed,
        RoomActKind::HandOutPaper => !is_on_paper,
        RoomActKind::CollectPaper => is_on_paper,
        RoomActKind::WaiveSafeBrowser => needs_safe_browser,
        RoomActKind::AdmitLate => is_too_late,
        RoomActKind::ReturnTime | RoomActKind::ConsentTakeOver | RoomActKind::ChangeSeat | RoomActKind::Announce => {
            true
        }
    };
    RoomActKind::ALL.iter().copied().filter(makes_sense).collect()
}
