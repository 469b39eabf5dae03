//! The days off and the worked weekend days of a year: read by all staff, said by the province. Timetables
//! leave days off out.

use super::{skill_words::has, words::weekday_name};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock, when,
    },
    ui::{
        AsyncView, Button, Card, Choices, Column, Dialog, Field, Icon, Look, PageHeading, Symbol, Table, Tag,
        TextInput, Toasts, Tone,
    },
};
use jiff::civil::Date;
use leptos::{context::Provider, prelude::*};
use shared::{
    problem::FieldError,
    rights::Right,
    teaching::{Holiday, HolidayEntry, HolidayKind},
    time::{read_date, write_date},
};

lazy_page! {
    /// The page.
    HolidaysPage = Holidays in school;
}

/// What is said of a day.
fn kind_name(locale: Locale, kind: HolidayKind) -> &'static str {
    match kind {
        HolidayKind::Off => td_string!(locale, classes.holiday_off),
        HolidayKind::Worked => td_string!(locale, classes.holiday_worked),
        HolidayKind::Usual => td_string!(locale, classes.holiday_usual),
    }
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    may_keep: bool,
    /// The day that the dialog is about; none for a new one.
    said: RwSignal<Option<Holiday>>,
    is_open: RwSignal<bool>,
}

impl Around {
    fn ask(self, said: Option<Holiday>) {
        self.said.set(said);
        self.is_open.set(true);
    }
}

#[component]
fn Holidays() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let year = RwSignal::new(clock::now().date_in_china().year());
    let days: LocalResource<Outcome<Vec<Holiday>>> = LocalResource::new(move || {
        let path = format!("/holidays?year={}", year.get());
        async move { client::get(actor, &path).await }
    });
    let may_keep = has(actor, Right::KeepHolidays);
    let around = Around { may_keep, said: RwSignal::new(None), is_open: RwSignal::new(false) };
    // The year of what was said comes in sight.
    let changed = Callback::new(move |day: Date| {
        year.set(day.year());
        days.refetch();
    });
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, classes.holidays)) />
                {may_keep.then(|| view! {
                    <Button look=Look::Primary on_press=move |()| around.ask(None)>{t!(i18n, classes.holiday_add)}</Button>
                })}
            </div>
            <p class="muted">{t!(i18n, classes.holidays_about)}</p>
            <Card title=Signal::derive(move || t_string!(i18n, classes.year, year = year.get()))>
                <YearBar year />
                <AsyncView resource=days let:rows>
                    <Provider value=around><Days rows /></Provider>
                </AsyncView>
            </Card>
            <Dialog is_open=around.is_open title=words(|locale| td_string!(locale, classes.holiday_say))>
                <Say around changed year />
            </Dialog>
        </main>
    }
}

/// Leads to the years before and after.
#[component]
fn YearBar(year: RwSignal<i16>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="week-bar row">
            <Button on_press=move |()| year.update(|year| *year -= 1)>
                <Icon symbol=Symbol::Back />
                <span class="visually-hidden">{t!(i18n, classes.year_before)}</span>
            </Button>
            <b class="num" role="status">{move || year.get()}</b>
            <Button on_press=move |()| year.update(|year| *year += 1)>
                <Icon symbol=Symbol::Forward />
                <span class="visually-hidden">{t!(i18n, classes.year_after)}</span>
            </Button>
        </div>
    }
}

#[component]
fn Days(rows: Vec<Holiday>) -> impl IntoView {
    let Around { may_keep, .. } = expect_context::<Around>();
    let mut columns = vec![
        Column::text(words(|locale| td_string!(locale, classes.day))),
        Column::text(words(|locale| td_string!(locale, classes.holiday_name))),
        Column::text(words(|locale| td_string!(locale, classes.holiday_kind))),
    ];
    if may_keep {
        columns.push(Column::text(words(|locale| td_string!(locale, people.act))));
    }
    view! {
        <Table
            caption=words(|locale| td_string!(locale, classes.holidays))
            columns
            rows=Signal::stored(rows)
            key=|said| (said.day, said.kind, said.name.clone())
            row
            empty=words(|locale| td_string!(locale, classes.no_holidays))
        />
    }
}

fn row(said: Holiday) -> impl IntoView {
    let i18n = use_i18n();
    let around = expect_context::<Around>();
    let (day, kind, asked) = (said.day, said.kind, said.clone());
    let date = move || {
        let locale = i18n.get_locale();
        format!("{} {}", when::day(locale, day), weekday_name(locale, day.weekday()))
    };
    let tone = match kind {
        HolidayKind::Off => Tone::Ok,
        HolidayKind::Worked => Tone::Wait,
        HolidayKind::Usual => Tone::Plain,
    };
    view! {
        <th scope="row" class="num">{date}</th>
        <td>{said.name}</td>
        <td><Tag tone>{move || kind_name(i18n.get_locale(), kind)}</Tag></td>
        {around.may_keep.then(|| view! {
            <td>
                <Button on_press=move |()| around.ask(Some(asked.clone()))>
                    {t!(i18n, classes.change_day)}
                    <span class="visually-hidden">" " {date}</span>
                </Button>
            </td>
        })}
    }
}

/// Says what a day is.
#[component]
fn Say(around: Around, changed: Callback<Date>, year: RwSignal<i16>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let said = around.said.get_untracked();
    let is_new = said.is_none();
    let kind = said.as_ref().map_or(HolidayKind::Off, |said| said.kind);
    let day = RwSignal::new(said.as_ref().map(|said| write_date(said.day)).unwrap_or_default());
    let name = RwSignal::new(said.map(|said| said.name).unwrap_or_default());
    let kind = RwSignal::new(kind.as_str().to_owned());
    let checked = Checked::new(move || {
        let missing = |is_missing: bool, pointer| is_missing.then(|| FieldError::new(pointer, "required"));
        let (no_day, no_name) = (read_date(&day.get()).is_none(), name.with(|name| name.trim().is_empty()));
        [missing(no_day, "/date"), missing(no_name, "/name")].into_iter().flatten().collect()
    });
    let send = Callback::new(move |()| {
        let Some(date) = read_date(&day.get_untracked()) else { return };
        let kind = HolidayKind::parse(&kind.get_untracked()).unwrap_or(HolidayKind::Off);
        let entry = HolidayEntry { kind, name: name.get_untracked().trim().to_owned() };
        let path = format!("/holidays/{}", write_date(date));
        checked.deed.run(async move { client::put(actor, &path, &entry).await }, move |said: Holiday| {
            around.is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            changed.run(said.day);
        });
    });
    let kinds = move || {
        let option = |kind: &HolidayKind| (kind.as_str().to_owned(), kind_name(i18n.get_locale(), *kind).to_owned());
        HolidayKind::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let shown = move || read_date(&day.get()).map(|day| when::day(i18n.get_locale(), day));
    view! {
        <p>{t!(i18n, classes.holiday_say_about)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.holiday_do)) send>
            {if is_new {
                view! {
                    <Field
                        id="date"
                        label=words(|locale| td_string!(locale, classes.day))
                        hint=Signal::derive(move || t_string!(i18n, classes.year, year = year.get()))
                        error=checked.error("/date")
                    >
                        <TextInput value=day kind="date" />
                    </Field>
                }
                .into_any()
            } else {
                view! { <p><b class="num">{shown}</b></p> }.into_any()
            }}
            <Choices
                legend=words(|locale| td_string!(locale, classes.holiday_kind))
                value=kind
                options=Signal::derive(kinds)
                on_choose=move |chosen| kind.set(chosen)
            />
            <Field
                id="holiday_name"
                label=words(|locale| td_string!(locale, classes.holiday_name))
                hint=words(|locale: Locale| td_string!(locale, classes.holiday_name_hint))
                error=checked.error("/name")
            >
                <TextInput value=name />
            </Field>
        </CheckedForm>
    }
}
