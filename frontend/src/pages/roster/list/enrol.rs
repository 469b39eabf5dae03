//! Enrolling many at once, such as a whole workshop: chosen in the list, asked about once, each judged by the rules. Who
//! may not enrol is named, with the reason.

use super::{super::may_still_enrol, Around};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        enrolment::{
            stayed::{Stayed, note},
            words::level_name,
        },
        organisation::{
            schools::{SchoolField, at_first, chosen, schools},
            words::words,
        },
        people::checked::GroupError,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        deed::Deed,
    },
    ui::{Button, Choices, ConfirmDialog, DeedFailure, Toasts, focus_on},
};
use leptos::prelude::*;
use serde::de::IgnoredAny;
use shared::{
    enrolment::{Applicant, NewEnrolment},
    ids::{ProviderId, RosterEntryId},
    learning::CourseLevel,
    organisation::ProviderView,
    rights::Right,
    roster::EntryRow,
};
use std::collections::HashMap;

/// Who is enrolled where, and for what.
#[derive(Clone, Copy)]
struct Wanted {
    provider_id: ProviderId,
    level: CourseLevel,
}

/// The bar above the list; it asks for the schools once somebody is chosen.
#[component]
pub(super) fn EnrolMany(
    /// Takes who is not enrolled.
    stayed: RwSignal<Vec<Stayed>>,
    /// Shows what has become of them.
    again: Callback<()>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let around = expect_context::<Around>();
    let has_chosen = Memo::new(move |_| around.chosen.with(|chosen| !chosen.is_empty()));
    let at = LocalResource::new(move || {
        let is_needed = has_chosen.get();
        async move {
            match is_needed {
                true => schools(actor, Right::KeepEnrolments).await.unwrap_or_default(),
                false => Vec::new(),
            }
        }
    });
    let bar = move || {
        let schools = at.get().filter(|schools| !schools.is_empty())?;
        Some(view! { <Bar schools stayed again /> })
    };
    view! { <Show when=move || has_chosen.get()>{bar}</Show> }
}

#[component]
fn Bar(schools: Vec<ProviderView>, stayed: RwSignal<Vec<Stayed>>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let around = expect_context::<Around>();
    let (school, level) = (RwSignal::new(at_first(&schools)), RwSignal::new(String::new()));
    let (is_asking, was_pressed, gone) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(0_usize));
    let keys = StoredValue::new(HashMap::<RosterEntryId, String>::new());
    let known = StoredValue::new(schools);
    let wanted = move || {
        let school = known.with_value(|schools| chosen(schools, &school.get()))?;
        Some(Wanted { provider_id: school.id, level: CourseLevel::parse(&level.get())? })
    };
    let may_enrol = move |row: &EntryRow| {
        may_still_enrol(row.state) && around.chosen.with_untracked(|chosen| chosen.contains(&row.id))
    };
    let count = Memo::new(move |_| {
        around.chosen.track();
        around.rows.with(|rows| rows.iter().filter(|row| may_enrol(row)).count())
    });
    let ask = move |()| {
        was_pressed.set(true);
        if untrack(wanted).is_some() {
            is_asking.set(true);
        }
    };
    let send = move |()| {
        let Some(wanted) = untrack(wanted) else { return };
        let rows: Vec<EntryRow> =
            around.rows.with_untracked(|rows| rows.iter().filter(|row| may_enrol(row)).cloned().collect());
        let all = rows.len();
        stayed.set(Vec::new());
        gone.set(0);
        // Who presses again after the network was away enrols nobody twice.
        let keyed: Option<Vec<(String, EntryRow)>> = keys.try_update_value(|keys| {
            rows.into_iter().map(|row| (keys.entry(row.id).or_insert_with(idempotency_key).clone(), row)).collect()
        });
        deed.run(enrol_all(actor, wanted, keyed.unwrap_or_default(), gone), move |left: Vec<Stayed>| {
            toasts.done(t_string!(i18n, roster.enrol_done, count = all - left.len()));
            stayed.set(left);
            // The bar goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    let levels = move || {
        let option =
            |level: &CourseLevel| (level.as_str().to_owned(), level_name(i18n.get_locale(), *level).to_owned());
        CourseLevel::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let missing = move |value: RwSignal<String>| {
        Signal::derive(move || match was_pressed.get() && value.with(String::is_empty) {
            true => t_string!(i18n, common.required).to_owned(),
            false => String::new(),
        })
    };
    let (no_school, no_level) = (missing(school), missing(level));
    let said = move || match deed.is_busy().get() {
        true => t_string!(i18n, enrolment.onward_going, done = gone.get(), count = count.get()),
        false => t_string!(i18n, roster.enrol_hint, count = count.get()),
    };
    let about = Signal::derive(move || t_string!(i18n, roster.enrol_about, count = count.get()));
    view! {
        <section class="card assign" aria-label=move || t_string!(i18n, roster.enrol_title)>
            <p role="status">{said}</p>
            <Show when=move || { count.get() > 0 }>
                <SchoolField schools=known.get_value() value=school error=no_school />
                <div>
                    <Choices
                        legend=words(|locale| td_string!(locale, enrolment.wanted_level))
                        value=level
                        options=Signal::derive(levels)
                        on_choose=move |chosen| level.set(chosen)
                    />
                    <GroupError text=no_level />
                </div>
                <div class="row">
                    <Button is_busy=deed.is_busy() on_press=ask>{t!(i18n, roster.enrol_do)}</Button>
                </div>
            </Show>
            <DeedFailure deed />
        </section>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, roster.enrol_title))
            text=about
            confirm=words(|locale| td_string!(locale, roster.enrol_do))
            on_confirm=send
        />
    }
}

/// Enrols these persons, one after the other, each under a key of its own; those who are not.
async fn enrol_all(
    actor: Actor,
    wanted: Wanted,
    keyed: Vec<(String, EntryRow)>,
    gone: RwSignal<usize>,
) -> Outcome<Vec<Stayed>> {
    let mut stayed = Vec::new();
    for (key, row) in keyed {
        let new = NewEnrolment {
            provider_id: wanted.provider_id,
            level: wanted.level,
            applicant: Applicant::Listed { entry_id: row.id },
            education_level: None,
            is_literate: false,
            is_in_full_time_school: false,
        };
        let added = client::create(actor, "/enrolments", &key, &new).await;
        note(&mut stayed, row.name, added.map(|_: IgnoredAny| ()))?;
        // The page may be gone.
        gone.try_update(|gone| *gone += 1);
    }
    Ok(stayed)
}
