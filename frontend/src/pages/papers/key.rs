//! Who keeps the key of a sealed paper, and how it is split among custodians.

use super::words::share_state_name;
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::{organisation::words::words, people::checked::GroupError},
    platform::{
        actor::Actor,
        client::{self, ApiError},
        deed::Deed,
    },
    ui::{AsyncView, Button, DeedForm, Dialog, Field, TextInput, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::{AccountId, PaperId},
    papers::{KeyCeremonyView, KeyCustodian, KeyShareView, NewKeyCeremony, PaperView},
};

/// What is known of the key, and the way to split it as long as the server has it.
#[component]
pub(super) fn PaperKey(
    /// The paper.
    paper_id: PaperId,
    /// How its key is split, if it is.
    ceremony: Option<KeyCeremonyView>,
    /// Happens after a step.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let is_closed = ceremony.as_ref().is_some_and(|ceremony| ceremony.closed_at.is_some());
    let kept = match ceremony {
        None => view! { <p class="muted">{t!(i18n, papers.key_of_server)}</p> }.into_any(),
        Some(ceremony) => view! { <Shares ceremony /> }.into_any(),
    };
    view! {
        {kept}
        {(!is_closed).then(|| view! {
            <div class="row">
                <Button on_press=move |()| is_open.set(true)>{t!(i18n, papers.key_split)}</Button>
            </div>
            <Dialog is_open title=words(|locale| td_string!(locale, papers.key_split))>
                <Split paper_id is_open reload />
            </Dialog>
        })}
    }
}

#[component]
fn Shares(ceremony: KeyCeremonyView) -> impl IntoView {
    let i18n = use_i18n();
    let KeyCeremonyView { threshold, closed_at, shares } = ceremony;
    let (count, is_closed) = (shares.len(), closed_at.is_some());
    let told = move || {
        let locale = i18n.get_locale();
        match is_closed {
            true => td_string!(locale, papers.key_closed, threshold = threshold, count = count),
            false => td_string!(locale, papers.key_waits, threshold = threshold, count = count),
        }
    };
    let line = move |share: KeyShareView| {
        let KeyShareView { custodian_name, place_name, state } = share;
        view! {
            <li>
                {place_name} " " {custodian_name} " · " {move || share_state_name(i18n.get_locale(), state)}
            </li>
        }
    };
    view! {
        <p>{told}</p>
        <ul>{shares.into_iter().map(line).collect_view()}</ul>
    }
}

#[component]
fn Split(paper_id: PaperId, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let custodians = LocalResource::new(move || {
        let path = format!("/papers/{paper_id}/key_custodians");
        async move { client::get::<Vec<KeyCustodian>>(actor, &path).await }
    });
    view! {
        <p>{t!(i18n, papers.key_split_about)}</p>
        <AsyncView
            resource=custodians
            is_empty=Vec::is_empty
            empty=words(|locale| td_string!(locale, papers.key_nobody))
            let:custodians
        >
            <ChooseCustodians custodians paper_id is_open reload />
        </AsyncView>
    }
}

/// Chooses custodians, and how many of them open the key.
#[component]
fn ChooseCustodians(
    /// Who can be one.
    custodians: Vec<KeyCustodian>,
    /// The paper.
    paper_id: PaperId,
    /// Closes the dialog.
    is_open: RwSignal<bool>,
    /// Happens afterwards.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let picks: Vec<(KeyCustodian, RwSignal<bool>)> =
        custodians.into_iter().map(|custodian| (custodian, RwSignal::new(false))).collect();
    let picked: Vec<(AccountId, RwSignal<bool>)> = picks.iter().map(|(one, is_in)| (one.account_id, *is_in)).collect();
    let threshold = RwSignal::new("2".to_owned());
    let key = client::idempotency_key();
    let send = move |()| {
        let chosen = picked.iter().filter(|(_, is_chosen)| is_chosen.get_untracked());
        let custodians: Vec<_> = chosen.map(|(account, _)| *account).collect();
        let body =
            NewKeyCeremony { threshold: threshold.get_untracked().trim().parse().unwrap_or_default(), custodians };
        let (path, key) = (format!("/papers/{paper_id}/key_ceremonies"), key.clone());
        let said = td_string!(i18n.get_locale_untracked(), papers.key_split_toast);
        let splitting = async move { client::create::<_, PaperView>(actor, &path, &key, &body).await };
        deed.run(splitting, move |_| {
            is_open.set(false);
            toasts.done(said);
            focus_on("h1");
            reload.run(());
        });
    };
    let wrong_custodians = Signal::derive(move || match deed.failure() {
        Some(ApiError::Problem(problem)) => {
            let wrong = problem.errors.iter().find(|error| error.pointer.starts_with("/custodians"));
            wrong.map(|error| error.detail.clone()).unwrap_or_default()
        }
        _ => String::new(),
    });
    view! {
        <DeedForm deed verb=words(|locale| td_string!(locale, papers.key_split)) send>
            <Field
                id="key_threshold"
                label=words(|locale| td_string!(locale, papers.key_threshold))
                hint=words(|locale| td_string!(locale, papers.key_threshold_hint))
                error=deed.field("/threshold")
            >
                <TextInput value=threshold keyboard="numeric" />
            </Field>
            <fieldset class="stack">
                <legend>{t!(i18n, papers.key_custodians)}</legend>
                {picks.into_iter().map(custodian).collect_view()}
            </fieldset>
            <GroupError text=wrong_custodians />
        </DeedForm>
    }
}

fn custodian((one, is_chosen): (KeyCustodian, RwSignal<bool>)) -> impl IntoView {
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=is_chosen
                on:change:target=move |event| is_chosen.set(event.target().checked())
            />
            <span><b>{one.place_name}</b> " " {one.name}</span>
        </label>
    }
}
