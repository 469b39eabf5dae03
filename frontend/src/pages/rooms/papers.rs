//! Enters what was written on papers that were handed out: twice, by two persons.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    items::{ItemStem, ResponseInput},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        deed::Deed,
    },
    ui::{AsyncView, Button, Card, DeedForm, Notice, PageHeading, Tag, Toasts, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    delivery::{NewPaperAnswers, PaperAnswer, PaperEntries, PaperEntryItem, PaperEntryState, PaperSitting},
    ids::ItemId,
    item_bank::Response,
};
use std::collections::HashMap;

lazy_page! {
    /// The page.
    PaperAnswersPage = PaperAnswers in office;
}

#[component]
fn PaperAnswers() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let exam_session_id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let path = Memo::new(move |_| format!("/exam_sessions/{}/paper_answers", exam_session_id.get()));
    let entries: LocalResource<Outcome<PaperEntries>> = LocalResource::new(move || {
        let path = path.get();
        async move { client::get(actor, &path).await }
    });
    let reload = Callback::new(move |()| entries.refetch());
    view! {
        <main class="page wide stack">
            <p class="way-back">
                <A href=move || format!("/exam_sessions/{}/day", exam_session_id.get())>{t!(i18n, rooms.day)}</A>
            </p>
            <PageHeading text=words(|locale| td_string!(locale, rooms.papers)) />
            <p class="muted">{t!(i18n, rooms.papers_lead)}</p>
            <AsyncView
                resource=entries
                is_empty=has_none
                empty=words(|locale| td_string!(locale, rooms.papers_none))
                let:entries
            >
                <Entries entries path=path.get_untracked() reload />
            </AsyncView>
        </main>
    }
}

fn has_none(entries: &PaperEntries) -> bool {
    entries.sittings.is_empty()
}

fn state_name(locale: Locale, state: PaperEntryState) -> &'static str {
    match state {
        PaperEntryState::HandedOut => td_string!(locale, rooms.paper_handed_out),
        PaperEntryState::Collected => td_string!(locale, rooms.paper_collected),
        PaperEntryState::EnteredOnce => td_string!(locale, rooms.paper_entered_once),
        PaperEntryState::Counted => td_string!(locale, rooms.paper_counted),
    }
}

/// The papers, and the one that is being entered.
#[component]
fn Entries(entries: PaperEntries, path: String, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(None::<PaperSitting>);
    let items = StoredValue::new(entries.items);
    let one = move |sitting: PaperSitting| {
        let (state, is_own) = (sitting.state, sitting.is_own);
        let may_enter = matches!(state, PaperEntryState::Collected | PaperEntryState::EnteredOnce);
        let tone = if state == PaperEntryState::Counted { Tone::Ok } else { Tone::Wait };
        let ticket = sitting.ticket_number.clone();
        let choose = move |()| chosen.set(Some(sitting.clone()));
        view! {
            <li class="card row spread">
                <span class="num">{ticket.clone()}</span>
                <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag>
                {may_enter.then(|| view! {
                    <Button on_press=choose>
                        {t!(i18n, rooms.paper_enter)} <span class="visually-hidden">" " {ticket}</span>
                    </Button>
                })}
                {(is_own && state == PaperEntryState::EnteredOnce).then(|| view! {
                    <p class="muted small">{t!(i18n, rooms.paper_own)}</p>
                })}
            </li>
        }
    };
    let path = StoredValue::new(path);
    view! {
        <ul class="stack plain">{entries.sittings.into_iter().map(one).collect_view()}</ul>
        {move || chosen.get().map(|sitting| {
            let items = items_of(items, sitting.form);
            view! { <Enter sitting items path=path.get_value() reload /> }
        })}
    }
}

/// What is asked on a form of the test.
fn items_of(items: StoredValue<Vec<PaperEntryItem>>, form: u8) -> Vec<PaperEntryItem> {
    items.with_value(|items| items.iter().filter(|item| item.form == form).cloned().collect())
}

/// The form of one paper.
#[component]
fn Enter(sitting: PaperSitting, items: Vec<PaperEntryItem>, path: String, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let answers = RwSignal::new(HashMap::<ItemId, Response>::new());
    let sitting_id = sitting.sitting_id;
    let ticket = sitting.ticket_number;
    let title = Signal::derive(move || td_string!(i18n.get_locale(), rooms.paper_of, ticket = ticket.clone()));
    let send = move |()| {
        let written = answers.get_untracked().into_iter();
        let written = written.map(|(item_id, response)| PaperAnswer { item_id, response }).collect();
        let (path, new) = (path.clone(), NewPaperAnswers { sitting_id, answers: written });
        // Another try may say something else.
        let entering = async move { client::create(actor, &path, &idempotency_key(), &new).await };
        deed.run(entering, move |_: PaperEntries| {
            toasts.done(t_string!(i18n, rooms.paper_saved));
            reload.run(());
        });
    };
    let one = move |(number, item): (usize, PaperEntryItem)| view! { <One number item answers /> };
    view! {
        <Card title>
            <Notice tone=Tone::Wait>{t!(i18n, rooms.papers_lead)}</Notice>
            <DeedForm deed verb=words(|locale| td_string!(locale, rooms.paper_save)) send>
                {(1..).zip(items).map(one).collect_view()}
            </DeedForm>
        </Card>
    }
}

/// One item, with what is written at it.
#[component]
fn One(number: usize, item: PaperEntryItem, answers: RwSignal<HashMap<ItemId, Response>>) -> impl IntoView {
    let i18n = use_i18n();
    let item_id = item.item_id;
    let response = Signal::derive(move || answers.with(|answers| answers.get(&item_id).cloned()));
    let answer = move |response: Response| {
        answers.update(|answers| match response {
            Response::Cleared => drop(answers.remove(&item_id)),
            response => drop(answers.insert(item_id, response)),
        });
    };
    let id = format!("paper-{number}");
    view! {
        <section class="stack">
            <h3>{move || td_string!(i18n.get_locale(), rooms.paper_item, number = number)}</h3>
            <ItemStem id=id.clone() html=item.view.stem_html.clone() />
            <ResponseInput item=item.view id response on_change=answer />
        </section>
    }
}
