//! What is said before a lesson is planned for a day off: a warning, no refusal.

use super::super::words::short_day;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{Notice, Tone},
};
use jiff::civil::Date;
use leptos::prelude::*;
use shared::teaching::{Holiday, HolidayKind, MeetingSeries, said_of};

/// What is said of the days of the years from one to another. Where it does not come, nobody is warned.
fn said(years: Memo<Option<(i16, i16)>>) -> LocalResource<Vec<Holiday>> {
    let actor = expect_context::<Actor>();
    LocalResource::new(move || {
        let years = years.get();
        async move {
            let mut said = Vec::new();
            let Some((first, last)) = years else { return said };
            for year in first..=last {
                let of_year: Outcome<Vec<Holiday>> = client::get(actor, &format!("/holidays?year={year}")).await;
                said.extend(of_year.unwrap_or_default());
            }
            said
        }
    })
}

/// A day with what is said of it.
fn named(locale: Locale, holiday: &Holiday) -> String {
    format!("{} {}", short_day(locale, holiday.day), holiday.name)
}

/// That a day is no ordinary one.
#[component]
pub(in crate::pages::teaching) fn HolidayNotice(holiday: Holiday) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let (locale, day) = (i18n.get_locale(), named(i18n.get_locale(), &holiday));
        match holiday.kind {
            HolidayKind::Worked => td_string!(locale, classes.warns_worked, day = day),
            HolidayKind::Off | HolidayKind::Usual => td_string!(locale, classes.warns_off, day = day),
        }
    };
    view! { <Notice tone=Tone::Wait><p role="status">{words}</p></Notice> }
}

/// The warning before a lesson is planned for this day; nothing for an ordinary one.
#[component]
pub(in crate::pages::teaching) fn DayOff(day: Signal<Option<Date>>) -> impl IntoView {
    let said = said(Memo::new(move |_| day.get().map(|day| (day.year(), day.year()))));
    let found = Memo::new(move |_| {
        let holidays = said.get()?;
        said_of(day.get()?, &holidays).cloned()
    });
    move || found.get().map(|holiday| view! { <HolidayNotice holiday /> })
}

/// Which days a series will leave out.
#[component]
pub(super) fn LeftOut(series: Signal<Option<MeetingSeries>>) -> impl IntoView {
    let i18n = use_i18n();
    // One that is too long is refused, and asks for no more years than it may have.
    let years = Memo::new(move |_| {
        let series = series.get().filter(|series| series.check().is_empty())?;
        Some((series.first.starts_at.date_in_china().year(), series.until.year()))
    });
    let said = said(years);
    let skipped = Memo::new(move |_| {
        years.get()?;
        let (_, skipped) = series.get()?.meetings(&said.get()?);
        Some(skipped).filter(|skipped| !skipped.is_empty())
    });
    move || {
        skipped.get().map(|skipped| {
            let day = move |holiday: Holiday| view! { <li>{move || named(i18n.get_locale(), &holiday)}</li> };
            view! {
                <Notice tone=Tone::Wait>
                    <p role="status">{t!(i18n, classes.leaves_out)}</p>
                    <ul>{skipped.into_iter().map(day).collect_view()}</ul>
                </Notice>
            }
        })
    }
}
