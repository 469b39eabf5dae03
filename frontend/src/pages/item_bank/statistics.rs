//! How the versions of an item did in tests.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::{organisation::words::words, papers::thousandths::share_text},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::AsyncView,
};
use leptos::prelude::*;
use shared::{
    ids::ItemId,
    item_bank::{ItemKind, ItemStatistic, MeasuredItem, option_letter},
    time::Timestamp,
};

/// In how many tests candidates saw an item, and when last.
#[component]
pub(super) fn Used(uses: u32, last_used_at: Option<Timestamp>) -> impl IntoView {
    let i18n = use_i18n();
    let Some(last) = last_used_at else {
        return view! { <span class="muted small">{t!(i18n, item_bank.never_used)}</span> }.into_any();
    };
    let words = move || {
        let date = when::date(i18n.get_locale(), last);
        td_string!(i18n.get_locale(), item_bank.used_tests, tests = uses, date = date)
    };
    view! { <span class="num">{words}</span> }.into_any()
}

/// How hard an item proved to be, and whether that counts; nothing if it was not measured.
#[component]
pub(super) fn Measured(measured: Option<MeasuredItem>) -> impl IntoView {
    let i18n = use_i18n();
    measured.map(|measured| {
        let words = move || {
            let (locale, candidates) = (i18n.get_locale(), measured.candidates);
            let difficulty = share_text(i32::from(measured.difficulty));
            if measured.is_in_force {
                td_string!(locale, item_bank.measured_in_force, difficulty = difficulty, candidates = candidates)
            } else {
                td_string!(locale, item_bank.measured, difficulty = difficulty, candidates = candidates)
            }
        };
        view! { <span class="muted small">{words}</span> }
    })
}

/// Every test that an item stood in, the newest version first.
#[component]
pub(super) fn Statistics(id: ItemId, kind: ItemKind) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let measured: LocalResource<Outcome<Vec<ItemStatistic>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/items/{id}/statistics")).await });
    view! {
        <h3>{t!(i18n, item_bank.stat_title)}</h3>
        <AsyncView
            resource=measured
            is_empty=Vec::is_empty
            empty=words(|locale| td_string!(locale, item_bank.stat_none))
            let:measured
        >
            <p class="muted small">{t!(i18n, item_bank.stat_about)}</p>
            <ul>{measured.into_iter().map(|one| view! { <li><Statistic one kind /></li> }).collect_view()}</ul>
        </AsyncView>
    }
}

#[component]
fn Statistic(one: ItemStatistic, kind: ItemKind) -> impl IntoView {
    let i18n = use_i18n();
    let ItemStatistic { version, held_at, candidates, difficulty, discrimination, options, unanswered } = one;
    let difficulty = share_text(i32::from(difficulty));
    let line = move || {
        let locale = i18n.get_locale();
        let (date, difficulty) = (when::date(locale, held_at), difficulty.clone());
        let discrimination = discrimination_text(locale, discrimination);
        td_string!(
            locale,
            item_bank.stat_line,
            version = version,
            date = date,
            candidates = candidates,
            difficulty = difficulty,
            discrimination = discrimination
        )
    };
    let counts = move || {
        let locale = i18n.get_locale();
        let counts = counts_text(locale, kind, &options);
        td_string!(locale, item_bank.stat_counts, counts = counts, unanswered = unanswered)
    };
    view! {
        <span>{line}</span>
        <br />
        <span class="muted small">{counts}</span>
    }
}

/// A correlation from -1 to 1.
fn discrimination_text(locale: Locale, thousandths: Option<i16>) -> String {
    let Some(thousandths) = thousandths else {
        return td_string!(locale, item_bank.stat_unknown).to_owned();
    };
    let sign = if thousandths < 0 { "-" } else { "" };
    format!("{sign}{}", share_text(i32::from(thousandths).abs()))
}

/// How often each option was chosen, by its letter.
fn counts_text(locale: Locale, kind: ItemKind, options: &[u32]) -> String {
    let name = |place: u16| match (kind, place) {
        (ItemKind::TrueFalse | ItemKind::Correction, 0) => td_string!(locale, item_bank.is_true).to_owned(),
        (ItemKind::TrueFalse | ItemKind::Correction, _) => td_string!(locale, item_bank.is_false).to_owned(),
        _ => option_letter(place),
    };
    let counts = (0_u16..).zip(options).map(|(place, count)| format!("{} {count}", name(place)));
    counts.collect::<Vec<_>>().join("  ")
}
