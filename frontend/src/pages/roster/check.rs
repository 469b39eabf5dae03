//! One roster that was confirmed: the county notes what it found of the people drawn, and decides.

mod finding;

use super::{
    may_anywhere,
    words::{CheckTag, finding_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        not_found::NotFoundPage,
        organisation::words::words,
        reasoned::{EndWithReason, EndWords},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        deed::Deed,
        when,
    },
    ui::{
        AsyncView, Button, Card, Column, ConfirmDialog, DeedFailure, Look, PageHeading, Paged, PagedView, Table, Toasts,
    },
};
use finding::Finding;
use leptos::{context::Provider, prelude::*};
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::RosterCheckId,
    page::Page,
    rights::Right,
    roster::{RosterCheckState, RosterCheckView, SampledEntry},
};

lazy_page! {
    /// The page.
    RosterCheckPage = Check in school;
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    id: RosterCheckId,
    /// Whether the reader may note what they find.
    may_find: bool,
    again: Callback<()>,
}

#[component]
fn Check() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<RosterCheckId>().ok()));
    move || match id.get() {
        Some(id) => view! { <OneCheck id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneCheck(id: RosterCheckId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let check: LocalResource<Outcome<RosterCheckView>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/roster/checks/{id}")).await });
    let again = Callback::new(move |()| check.refetch());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/roster/checks">{t!(i18n, roster.checks)}</A></p>
            <AsyncView resource=check let:check>
                <Facts check=check.clone() />
                <Sample check again />
            </AsyncView>
        </main>
    }
}

/// Whose roster it is, and how far the check is.
#[component]
fn Facts(check: RosterCheckView) -> impl IntoView {
    let i18n = use_i18n();
    let figure = |words: Signal<String>, count: u32| {
        view! { <div><dt>{move || words.get()}</dt><dd class="num">{count}</dd></div> }
    };
    let (confirmed_at, decided_at) = (check.confirmed_at, check.decided_at);
    let decided = decided_at.map(|at| {
        view! {
            <div>
                <dt>{t!(i18n, roster.check_decided_by)}</dt>
                <dd>
                    {check.decided_by_name} " " {move || when::date_time(i18n.get_locale(), at)} " " {check.reason}
                </dd>
            </div>
        }
    });
    view! {
        <div class="row spread">
            <PageHeading text=Signal::stored(check.place_name) />
            <CheckTag state=check.state />
        </div>
        <Card>
            <dl class="facts">
                {figure(words(|locale| td_string!(locale, roster.check_persons)), check.on_roster)}
                {figure(words(|locale| td_string!(locale, roster.check_sample)), check.sample_size)}
                {figure(words(|locale| td_string!(locale, roster.check_found)), check.found)}
                {figure(words(|locale| td_string!(locale, roster.check_wrong)), check.wrong)}
                {check.seed.map(|seed| view! {
                    <div><dt>{t!(i18n, roster.check_seed)}</dt><dd class="num">{seed}</dd></div>
                })}
                <div>
                    <dt>{t!(i18n, roster.check_confirmed_by)}</dt>
                    <dd>{check.confirmed_by_name} " " {move || when::date_time(i18n.get_locale(), confirmed_at)}</dd>
                </div>
                {decided}
            </dl>
        </Card>
    }
}

/// The people drawn, and the decision of who looks at them.
#[component]
fn Sample(check: RosterCheckView, again: Callback<()>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let (id, is_open) = (check.id, check.state == RosterCheckState::Confirmed);
    let may_check = may_anywhere(actor, Right::CheckRoster);
    let around = Around { id, may_find: may_check && is_open, again };
    let drawn = Paged::new(move |cursor: Option<String>| {
        let asked = query(&[("limit", Some("200".to_owned())), ("cursor", cursor)]);
        async move {
            let path = format!("/roster/checks/{id}/sample?{asked}");
            let page: Outcome<Page<SampledEntry>> = client::get(actor, &path).await;
            page
        }
    });
    let title = move || match may_check {
        true => words(|locale| td_string!(locale, roster.check_sample_title)),
        false => words(|locale| td_string!(locale, roster.check_sample_wrong)),
    };
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::number(words(|locale| td_string!(locale, roster.check_position))),
        Column::text(words(|locale| td_string!(locale, roster.check_finding))),
        Column::text(words(|locale| td_string!(locale, roster.check_note))),
        Column::text(words(|locale| td_string!(locale, people.act))),
    ]);
    view! {
        {around.may_find.then(|| view! { <Decide id again /> })}
        <Provider value=around>
            <PagedView paged=drawn empty=words(|locale| td_string!(locale, roster.check_sample_none))>
                <Table
                    caption=title()
                    columns=columns.get_value()
                    rows=drawn.rows()
                    key=|entry| (entry.entry_id, entry.found_at)
                    row
                />
            </PagedView>
        </Provider>
    }
}

/// The cells of a person.
fn row(entry: SampledEntry) -> impl IntoView {
    let i18n = use_i18n();
    let Around { may_find, .. } = expect_context::<Around>();
    let (found, name) = (entry.finding, entry.name.clone());
    let said = move || found.map(|finding| finding_name(i18n.get_locale(), finding));
    view! {
        <th scope="row"><A href=format!("/roster/{}", entry.entry_id)>{name}</A></th>
        <td class="n">{entry.position}</td>
        <td>{said}</td>
        <td>{entry.note.clone()}</td>
        <td>{may_find.then(|| view! { <Finding entry=entry.clone() /> })}</td>
    }
}

/// The roster passes, or goes back.
#[component]
fn Decide(id: RosterCheckId, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let accept = move |()| {
        let path = format!("/roster/checks/{id}/accept");
        let accepting = async move { client::ask(actor, &path).await };
        deed.run(accepting, move |_: RosterCheckView| {
            toasts.done(t_string!(i18n, common.done));
            again.run(());
        });
    };
    let says = EndWords {
        name: |locale| td_string!(locale, roster.check_return),
        about: |locale| td_string!(locale, roster.check_return_about),
        done: |locale| td_string!(locale, roster.check_return_done),
    };
    view! {
        <div class="row">
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                {t!(i18n, roster.check_accept)}
            </Button>
            <EndWithReason path=format!("/roster/checks/{id}/return") says reload=again />
        </div>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, roster.check_accept))
            text=words(|locale| td_string!(locale, roster.check_accept_text))
            confirm=words(|locale| td_string!(locale, roster.check_accept))
            on_confirm=accept
        />
    }
}
