//! Accommodations in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    platform::when,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::sittings::{AccommodationAnswer, AccommodationOffice, AccommodationState, AccommodationView, ExamNeeds};

/// Where it stands.
pub(super) fn state_name(locale: Locale, state: AccommodationState) -> &'static str {
    match state {
        AccommodationState::Applied => td_string!(locale, sittings.accommodation_applied),
        AccommodationState::Checked => td_string!(locale, sittings.accommodation_checked),
        AccommodationState::Granted => td_string!(locale, sittings.accommodation_granted),
        AccommodationState::Refused => td_string!(locale, sittings.accommodation_refused),
        AccommodationState::Withdrawn => td_string!(locale, sittings.accommodation_withdrawn),
    }
}

/// An office.
pub(super) fn office_name(locale: Locale, office: AccommodationOffice) -> &'static str {
    match office {
        AccommodationOffice::County => td_string!(locale, sittings.accommodation_office_county),
        AccommodationOffice::City => td_string!(locale, sittings.accommodation_office_city),
    }
}

/// A share of extra time.
pub(super) fn share_name(locale: Locale, pct: u8) -> String {
    match pct {
        0 => td_string!(locale, sittings.need_no_extra).to_owned(),
        pct => td_string!(locale, sittings.need_extra_pct, pct = pct),
    }
}

/// Everything that is needed.
pub(super) fn needs_name(locale: Locale, needs: ExamNeeds) -> String {
    let time = (needs.extra_pct > 0).then(|| share_name(locale, needs.extra_pct));
    let others = [
        needs.needs_separate_room.then(|| td_string!(locale, sittings.need_separate_room)),
        needs.needs_large_print.then(|| td_string!(locale, sittings.need_large_print)),
        needs.needs_accessible.then(|| td_string!(locale, sittings.need_accessible)),
    ];
    let others = others.into_iter().flatten().map(str::to_owned);
    time.into_iter().chain(others).collect::<Vec<_>>().join(" · ")
}

/// How long it counts; nothing as long as nobody has granted it.
pub(super) fn term_name(locale: Locale, accommodation: &AccommodationView) -> Option<String> {
    let is_granted = accommodation.state == AccommodationState::Granted;
    is_granted.then(|| match accommodation.until {
        Some(until) => td_string!(locale, sittings.accommodation_until, day = when::day(locale, until)),
        None => td_string!(locale, sittings.accommodation_for_good).to_owned(),
    })
}

/// Where it stands.
#[component]
pub(super) fn AccommodationTag(
    /// The state.
    state: AccommodationState,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        AccommodationState::Applied | AccommodationState::Checked => Tone::Wait,
        AccommodationState::Granted => Tone::Ok,
        AccommodationState::Refused => Tone::Stop,
        AccommodationState::Withdrawn => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

/// What the offices said, in order.
#[component]
pub(super) fn Answers(
    /// The answers.
    answers: Vec<AccommodationAnswer>,
) -> impl IntoView {
    let i18n = use_i18n();
    let answer = move |answer: AccommodationAnswer| {
        let AccommodationAnswer { office, is_granted, reason, decided_at, by_name } = answer;
        let said = move || match is_granted {
            true => td_string!(i18n.get_locale(), sittings.accommodation_yes),
            false => td_string!(i18n.get_locale(), sittings.accommodation_no),
        };
        view! {
            <li>
                <div>
                    <p><b>{move || office_name(i18n.get_locale(), office)} " · " {said}</b></p>
                    <p>{reason}</p>
                    <p class="muted small num">
                        {by_name} " " {move || when::date_time(i18n.get_locale(), decided_at)}
                    </p>
                </div>
            </li>
        }
    };
    (!answers.is_empty()).then(|| view! { <ol class="rows">{answers.into_iter().map(answer).collect_view()}</ol> })
}
