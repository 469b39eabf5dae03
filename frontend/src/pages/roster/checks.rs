//! Rosters that towns confirmed, and what the county made of them.

use super::{
    may_anywhere,
    new::homes,
    words::{CheckTag, check_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{steps::place_query, within::Within, words::words},
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        creation::CreationKey,
        deed::Deed,
        when,
    },
    ui::{
        AsyncView, Button, Card, Choices, Column, ConfirmDialog, DeedFailure, Field, Look, PageHeading, Paged,
        PagedView, Select, Table, Toasts,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    page::Page,
    rights::Right,
    roster::{ConfirmRoster, RosterCheckState, RosterCheckView},
    work::CheckWait,
};

lazy_page! {
    /// The page; `?waits=…` shows only what waits.
    RosterChecksPage = Checks in school;
}

/// What is shown.
#[derive(Clone, Copy)]
struct Filter {
    waits: Memo<Option<String>>,
    within: RwSignal<String>,
    state: RwSignal<String>,
}

impl Filter {
    /// The query of a page of it. What waits is in one state already.
    fn query(self, cursor: Option<String>) -> String {
        let [division, school] = self.within.with(|within| place_query(within));
        let waits = self.waits.get();
        let state = Some(self.state.get()).filter(|_| waits.is_none());
        query(&[("waits", waits), division, school, ("state", state), ("cursor", cursor)])
    }
}

#[component]
fn Checks() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let waits = waits();
    let filter = Filter { waits, within: RwSignal::new(String::new()), state: RwSignal::new(String::new()) };
    let checks = Paged::new(move |cursor: Option<String>| {
        let asked = untrack(|| filter.query(cursor));
        async move {
            let page: Outcome<Page<RosterCheckView>> = client::get(actor, &format!("/roster/checks?{asked}")).await;
            page
        }
    });
    Effect::watch(move || filter.query(None), move |_, _, _| checks.reload(), false);
    let states = move || {
        let locale = i18n.get_locale();
        let option = |state: &RosterCheckState| (state.as_str().to_owned(), check_name(locale, *state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        std::iter::once(all).chain(RosterCheckState::ALL.iter().map(option)).collect::<Vec<_>>()
    };
    let waiting = move || waits.get().as_deref().and_then(CheckWait::parse);
    let confirmed = Callback::new(move |()| checks.reload());
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, roster.check_place))),
        Column::number(words(|locale| td_string!(locale, roster.check_persons))),
        Column::number(words(|locale| td_string!(locale, roster.check_sample))),
        Column::number(words(|locale| td_string!(locale, roster.check_found))),
        Column::number(words(|locale| td_string!(locale, roster.check_wrong))),
        Column::text(words(|locale| td_string!(locale, roster.check_confirmed_by))),
        Column::text(words(|locale| td_string!(locale, roster.standing))),
    ]);
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/roster">{t!(i18n, roster.title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, roster.checks)) />
            <p class="muted">{t!(i18n, roster.checks_lead)}</p>
            {may_anywhere(actor, Right::ConfirmRoster).then(|| view! { <Confirm confirmed /> })}
            {move || match waiting() {
                Some(wait) => {
                    let words = words(match wait {
                        CheckWait::Check => |locale| td_string!(locale, roster.check_waits_check),
                        CheckWait::Correct => |locale| td_string!(locale, roster.check_waits_correct),
                    });
                    view! { <OnlyWaiting words everything="/roster/checks" /> }.into_any()
                }
                None => view! {
                    <Choices
                        legend=words(|locale| td_string!(locale, roster.standing))
                        value=filter.state
                        options=Signal::derive(states)
                        on_choose=move |chosen| filter.state.set(chosen)
                    />
                }
                .into_any(),
            }}
            <div class="row search"><Within value=filter.within has_schools=true /></div>
            <Export
                name=words(|locale| td_string!(locale, exports.list_roster_checks))
                path=move |()| format!("/roster/checks/exports?{}", filter.query(None))
            />
            <PagedView paged=checks empty=words(|locale| td_string!(locale, roster.checks_none))>
                <Table
                    caption=words(|locale| td_string!(locale, roster.checks))
                    columns=columns.get_value()
                    rows=checks.rows()
                    key=|check| (check.id, check.state)
                    row
                />
            </PagedView>
        </main>
    }
}

/// The cells of a check.
fn row(check: RosterCheckView) -> impl IntoView {
    let i18n = use_i18n();
    let confirmed_at = check.confirmed_at;
    view! {
        <th scope="row"><A href=format!("/roster/checks/{}", check.id)>{check.place_name}</A></th>
        <td class="n">{check.on_roster}</td>
        <td class="n">{check.sample_size}</td>
        <td class="n">{check.found}</td>
        <td class="n">{check.wrong}</td>
        <td>
            {check.confirmed_by_name} " "
            <span class="num">{move || when::date(i18n.get_locale(), confirmed_at)}</span>
        </td>
        <td><CheckTag state=check.state /></td>
    }
}

/// Says that a roster is right.
#[component]
fn Confirm(confirmed: Callback<()>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let homes = LocalResource::new(move || homes(actor, Right::ConfirmRoster));
    view! {
        <AsyncView resource=homes let:homes>
            {(!homes.is_empty()).then(|| view! { <ConfirmForm homes=homes.clone() confirmed /> })}
        </AsyncView>
    }
}

#[component]
fn ConfirmForm(homes: Vec<(String, String)>, confirmed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking, key) = (Deed::new(), RwSignal::new(false), CreationKey::new());
    let home = RwSignal::new(homes.first().map(|(query, _)| query.clone()).unwrap_or_default());
    let has_several = homes.len() > 1;
    let homes = StoredValue::new(homes);
    let send = move |()| {
        let body = stated(&home.get_untracked());
        let sending = key.create(move |key| async move { client::create(actor, "/roster/checks", &key, &body).await });
        deed.run(sending, move |_: RosterCheckView| {
            toasts.done(t_string!(i18n, roster.check_confirmed_now));
            confirmed.run(());
        });
    };
    view! {
        <Card>
            {has_several.then(|| view! {
                <Field id="home" label=words(|locale| td_string!(locale, roster.home))>
                    <Select value=home options=Signal::derive(move || homes.get_value()) />
                </Field>
            })}
            <div class="row">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                    {t!(i18n, roster.check_confirm)}
                </Button>
            </div>
            <DeedFailure deed />
            <ConfirmDialog
                is_open=is_asking
                title=words(|locale| td_string!(locale, roster.check_confirm))
                text=words(|locale| td_string!(locale, roster.check_confirm_text))
                confirm=words(|locale| td_string!(locale, roster.check_confirm))
                on_confirm=send
            />
        </Card>
    }
}

/// The place that a query names.
fn stated(home: &str) -> ConfirmRoster {
    match home.split_once('=') {
        Some(("provider_id", id)) => ConfirmRoster { division: None, provider_id: id.parse().ok() },
        Some((_, code)) => ConfirmRoster { division: Some(code.to_owned()), provider_id: None },
        None => ConfirmRoster { division: None, provider_id: None },
    }
}
