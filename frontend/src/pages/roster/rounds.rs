//! Surveys of a season: how far each is, and a new one.

use super::{may_anywhere, new::homes};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::{may, steps::place_query, within::Within, words::words},
        people::{
            checked::{Checked, CheckedForm},
            place,
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        creation::CreationKey,
        deed::Deed,
        when,
    },
    ui::{
        AsyncView, Button, Card, Column, ConfirmDialog, DeedFailure, Field, PageHeading, Paged, PagedView, Select,
        Table, Tag, TextInput, Toasts, Tone,
    },
};
use leptos::{context::Provider, prelude::*};
use leptos_router::components::A;
use shared::{
    page::Page,
    problem::FieldError,
    rights::Right,
    roster::{OpenRound, RoundStanding, RoundView},
    time::read_date,
};

lazy_page! {
    /// The page.
    RosterRoundsPage = Rounds in school;
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around(Paged<RoundView>);

#[component]
fn Rounds() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let within = RwSignal::new(String::new());
    let asked = move |cursor: Option<String>| {
        let [division, school] = within.with(|within| place_query(within));
        query(&[division, school, ("cursor", cursor)])
    };
    let rounds = Paged::new(move |cursor: Option<String>| {
        let path = format!("/roster/rounds?{}", untrack(|| asked(cursor)));
        async move {
            let page: Outcome<Page<RoundView>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || asked(None), move |_, _, _| rounds.reload(), false);
    let opened = Callback::new(move |()| rounds.reload());
    let columns = StoredValue::new(columns());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/roster">{t!(i18n, roster.title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, roster.rounds)) />
            <p class="muted">{t!(i18n, roster.rounds_lead)}</p>
            {may_anywhere(actor, Right::AssignRoster).then(|| view! { <Open opened /> })}
            <div class="row search"><Within value=within has_schools=true /></div>
            <Provider value=Around(rounds)>
                <PagedView paged=rounds empty=words(|locale| td_string!(locale, roster.rounds_none))>
                    <Table
                        caption=words(|locale| td_string!(locale, roster.rounds))
                        columns=columns.get_value()
                        rows=rounds.rows()
                        key=|round| (round.id, round.ends_on)
                        row
                    />
                </PagedView>
            </Provider>
        </main>
    }
}

fn columns() -> Vec<Column> {
    let figures: [fn(Locale) -> &'static str; 7] = [
        |locale| td_string!(locale, roster.round_persons),
        |locale| td_string!(locale, roster.round_visited),
        |locale| td_string!(locale, roster.round_reached),
        |locale| td_string!(locale, roster.round_is_willing),
        |locale| td_string!(locale, roster.round_is_undecided),
        |locale| td_string!(locale, roster.round_is_unwilling),
        |locale| td_string!(locale, roster.round_pct),
    ];
    let texts = [
        Column::text(words(|locale| td_string!(locale, roster.round_name))),
        Column::text(words(|locale| td_string!(locale, roster.round_place))),
        Column::text(words(|locale| td_string!(locale, roster.round_days))),
    ];
    let act = Column::text(words(|locale| td_string!(locale, roster.round_act)));
    texts.into_iter().chain(figures.map(|name| Column::number(words(name)))).chain([act]).collect()
}

/// The cells of a round; each figure leads to the persons whom it counts.
fn row(round: RoundView) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let RoundView { id, division, provider_id, place_name, name, begins_on, ends_on, is_running, sums } = round;
    let may_end = is_running && may(actor, Right::AssignRoster, &place(&division, provider_id));
    let days = move || {
        let locale = i18n.get_locale();
        format!("{} – {}", when::day(locale, begins_on), when::day(locale, ends_on))
    };
    let figure = move |standing: Option<RoundStanding>, persons: u64| {
        let standing = standing.map(|standing| format!("&in_round={standing}")).unwrap_or_default();
        view! { <A href=format!("/roster?round_id={id}{standing}")>{persons}</A> }
    };
    view! {
        <th scope="row">
            {name}
            {is_running.then(|| view! { " " <Tag tone=Tone::Ok>{t!(i18n, roster.round_running)}</Tag> })}
        </th>
        <td>{place_name}</td>
        <td class="num">{days}</td>
        <td class="n">{sums.persons}</td>
        <td class="n">{figure(None, sums.visited())}</td>
        <td class="n">{sums.reached()}</td>
        <td class="n">{figure(Some(RoundStanding::Willing), sums.willing)}</td>
        <td class="n">{figure(Some(RoundStanding::Undecided), sums.undecided)}</td>
        <td class="n">{figure(Some(RoundStanding::Unwilling), sums.unwilling)}</td>
        <td class="n">{sums.visited_pct()}</td>
        <td>{may_end.then(|| view! { <End round=id.to_string() /> })}</td>
    }
}

/// Has a round end today.
#[component]
fn End(round: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around(rounds) = expect_context::<Around>();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let end = Callback::new(move |()| {
        let path = format!("/roster/rounds/{round}/end");
        let ending = async move { client::post(actor, &path, &serde_json::json!({})).await };
        deed.run(ending, move |_: RoundView| {
            toasts.done(t_string!(i18n, roster.round_ended));
            rounds.reload();
        });
    });
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>{t!(i18n, roster.round_end)}</Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, roster.round_end))
            text=words(|locale| td_string!(locale, roster.round_end_text))
            confirm=words(|locale| td_string!(locale, roster.round_end))
            on_confirm=end
        />
    }
}

/// Begins a round, at one of the places where the reader sends surveyors.
#[component]
fn Open(opened: Callback<()>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let homes = LocalResource::new(move || homes(actor, Right::AssignRoster));
    view! {
        <AsyncView resource=homes let:homes>
            {(!homes.is_empty()).then(|| view! { <OpenForm homes=homes.clone() opened /> })}
        </AsyncView>
    }
}

/// A round that is written.
#[derive(Clone, Copy)]
struct Draft {
    home: RwSignal<String>,
    name: RwSignal<String>,
    begins_on: RwSignal<String>,
    ends_on: RwSignal<String>,
}

impl Draft {
    /// The fields that are empty.
    fn missing(self) -> Vec<FieldError> {
        let fields = [("/name", self.name), ("/begins_on", self.begins_on), ("/ends_on", self.ends_on)];
        let missing = fields.into_iter().filter(|(_, value)| value.with(|value| value.trim().is_empty()));
        missing.map(|(pointer, _)| FieldError::new(pointer, "required")).collect()
    }

    /// The round, once its days are days.
    fn stated(self) -> Option<OpenRound> {
        let home = self.home.get_untracked();
        let (division, provider_id) = match home.split_once('=')? {
            ("provider_id", id) => (None, id.parse().ok()),
            (_, code) => (Some(code.to_owned()), None),
        };
        let day = |value: RwSignal<String>| value.with_untracked(|value| read_date(value));
        let (begins_on, ends_on) = (day(self.begins_on)?, day(self.ends_on)?);
        Some(OpenRound { division, provider_id, name: self.name.get_untracked(), begins_on, ends_on })
    }
}

#[component]
fn OpenForm(homes: Vec<(String, String)>, opened: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let empty = || RwSignal::new(String::new());
    let home = RwSignal::new(homes.first().map(|(query, _)| query.clone()).unwrap_or_default());
    let draft = Draft { home, name: empty(), begins_on: empty(), ends_on: empty() };
    let has_several = homes.len() > 1;
    let homes = StoredValue::new(homes);
    let (checked, key) = (Checked::new(move || draft.missing()), CreationKey::new());
    let send = Callback::new(move |()| {
        let Some(body) = draft.stated() else { return };
        let sending = key.create(move |key| async move { client::create(actor, "/roster/rounds", &key, &body).await });
        checked.deed.run(sending, move |_: RoundView| {
            toasts.done(t_string!(i18n, roster.round_opened));
            draft.name.set(String::new());
            opened.run(());
        });
    });
    view! {
        <Card title=words(|locale| td_string!(locale, roster.round_open))>
            <CheckedForm checked verb=words(|locale| td_string!(locale, roster.round_open)) send>
                {has_several.then(|| view! {
                    <Field id="home" label=words(|locale| td_string!(locale, roster.home))>
                        <Select value=draft.home options=Signal::derive(move || homes.get_value()) />
                    </Field>
                })}
                <Field
                    id="round_name"
                    label=words(|locale| td_string!(locale, roster.round_name))
                    hint=words(|locale: Locale| td_string!(locale, roster.round_name_hint))
                    error=checked.error("/name")
                >
                    <TextInput value=draft.name />
                </Field>
                <Field
                    id="begins_on"
                    label=words(|locale| td_string!(locale, roster.round_begins_on))
                    error=checked.error("/begins_on")
                >
                    <TextInput value=draft.begins_on kind="date" />
                </Field>
                <Field
                    id="ends_on"
                    label=words(|locale| td_string!(locale, roster.round_ends_on))
                    error=checked.error("/ends_on")
                >
                    <TextInput value=draft.ends_on kind="date" />
                </Field>
            </CheckedForm>
        </Card>
    }
}
