//! A custodian's shares of papers' keys: seen once and noted, typed back, and handed in for the test.

use super::words::share_state_name;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed},
    ui::{
        AsyncView, Button, DeedFailure, DeedForm, Dialog, DialogButton, Field, Look, PageHeading, Tag, TextArea,
        Toasts, focus_on,
    },
};
use leptos::prelude::*;
use shared::{
    ids::PaperId,
    papers::{KeyShareState, OwnKeyShare, ShownKeyShare, SpokenCodeFault, SpokenKeyShare, read_spoken_code},
};

lazy_page! {
    /// The page.
    KeySharesPage = KeyShares in office;
}

/// What is said of typing a code.
#[derive(Clone, Copy)]
struct CodeWords {
    /// What it is for, as it stands on its button.
    name: fn(Locale) -> &'static str,
    /// What it will do.
    about: fn(Locale) -> &'static str,
    /// That it is done.
    done: fn(Locale) -> &'static str,
    /// The last part of the address that takes it.
    verb: &'static str,
}

/// What is said of typing a share back.
const CONFIRM: CodeWords = CodeWords {
    name: |locale| td_string!(locale, papers.share_confirm),
    about: |locale| td_string!(locale, papers.share_confirm_about),
    done: |locale| td_string!(locale, papers.share_confirmed_toast),
    verb: "confirm",
};

/// What is said of handing it in.
const HAND_IN: CodeWords = CodeWords {
    name: |locale| td_string!(locale, papers.share_hand_in),
    about: |locale| td_string!(locale, papers.share_hand_in_about),
    done: |locale| td_string!(locale, papers.share_handed_in_toast),
    verb: "hand_in",
};

#[component]
fn KeyShares() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let shares = LocalResource::new(move || client::get::<Vec<OwnKeyShare>>(actor, "/me/key_shares"));
    let reload = Callback::new(move |()| shares.refetch());
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, papers.shares)) />
            <p class="muted">{t!(i18n, papers.shares_lead)}</p>
            <AsyncView
                resource=shares
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, papers.shares_none))
                let:shares
            >
                {shares.into_iter().map(|share| view! { <OneShare share reload /> }).collect_view()}
            </AsyncView>
        </main>
    }
}

/// One share, and its next step.
#[component]
fn OneShare(share: OwnKeyShare, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let OwnKeyShare { paper_id, paper_title, state, threshold, custodians, is_closed } = share;
    let heading = format!("share-{paper_id}");
    let (labelled_by, named) = (heading.clone(), paper_title.clone());
    let step = match state {
        KeyShareState::Waiting => view! { <SeeOnce paper_id reload /> }.into_any(),
        KeyShareState::Shown => view! { <TypeCode paper_id named says=CONFIRM reload /> }.into_any(),
        KeyShareState::Confirmed if is_closed => view! { <TypeCode paper_id named says=HAND_IN reload /> }.into_any(),
        KeyShareState::Confirmed => view! { <p>{t!(i18n, papers.share_waits_for_others)}</p> }.into_any(),
        KeyShareState::HandedIn => ().into_any(),
    };
    let about =
        move || td_string!(i18n.get_locale(), papers.share_about, threshold = threshold, custodians = custodians);
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="row spread">
                <h2 id=heading>{paper_title}</h2>
                <Tag>{move || share_state_name(i18n.get_locale(), state)}</Tag>
            </div>
            <p>{about}</p>
            {step}
        </section>
    }
}

/// Shows the share, the only time; the list is read again once the dialog is closed, however that was.
#[component]
fn SeeOnce(paper_id: PaperId, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let (is_open, code) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let was_closed = move |is_open: &bool, _: Option<&bool>, _: Option<()>| {
        if !is_open && code.with_untracked(Option::is_some) {
            focus_on("h1");
            reload.run(());
        }
    };
    Effect::watch(move || is_open.get(), was_closed, false);
    let show = move |()| {
        let path = format!("/papers/{paper_id}/key_share/show");
        let showing = async move { client::post::<_, ShownKeyShare>(actor, &path, &serde_json::json!({})).await };
        deed.run(showing, move |shown| code.set(Some(shown.code)));
    };
    let held = move || match code.get() {
        None => view! {
            <p>{t!(i18n, papers.share_show_about)}</p>
            <DeedFailure deed />
            <div class="row">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=show>{t!(i18n, papers.share_show)}</Button>
            </div>
        }
        .into_any(),
        Some(code) => view! { <Code code is_open /> }.into_any(),
    };
    view! {
        <div class="row">
            <Button look=Look::Primary on_press=move |()| is_open.set(true)>{t!(i18n, papers.share_see)}</Button>
        </div>
        <Dialog is_open title=words(|locale| td_string!(locale, papers.share_see))>{held}</Dialog>
    }
}

/// A code in its groups.
#[component]
fn Code(code: String, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let groups = code.split(' ').map(|group| view! { <li>{group.to_owned()}</li> }).collect_view();
    view! {
        <p>{t!(i18n, papers.share_note)}</p>
        <ol class="num">{groups}</ol>
        <div class="row">
            <Button look=Look::Primary on_press=move |()| is_open.set(false)>{t!(i18n, papers.share_noted)}</Button>
        </div>
    }
}

/// The button that opens the form of a code.
#[component]
fn TypeCode(
    /// The paper.
    paper_id: PaperId,
    /// What it is called.
    named: String,
    /// What is said.
    says: CodeWords,
    /// Happens afterwards.
    reload: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="row">
            <DialogButton verb=words(says.name) named let:is_open>
                <CodeForm paper_id says is_open reload />
            </DialogButton>
        </div>
    }
}

/// The form of a code; a group that was misread is told as soon as the field is left.
#[component]
fn CodeForm(paper_id: PaperId, says: CodeWords, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (code, was_left) = (RwSignal::new(String::new()), RwSignal::new(false));
    let said = deed.field("/code");
    let error = Signal::derive(move || {
        let read = code.with(|code| read_spoken_code(paper_id, code));
        match read {
            Err(SpokenCodeFault::Group { number }) if was_left.get() => {
                t_string!(i18n, papers.share_wrong_group, number = number)
            }
            _ => said.get(),
        }
    });
    let send = move |()| {
        let path = format!("/papers/{paper_id}/key_share/{}", says.verb);
        let body = SpokenKeyShare { code: code.get_untracked() };
        let words = (says.done)(i18n.get_locale_untracked());
        was_left.set(true);
        deed.run(async move { client::send(actor, &path, &body).await }, move |()| {
            is_open.set(false);
            toasts.done(words);
            focus_on("h1");
            reload.run(());
        });
    };
    view! {
        <p>{move || (says.about)(i18n.get_locale())}</p>
        <DeedForm deed verb=words(says.name) send>
            <Field
                id="spoken_code"
                label=words(|locale| td_string!(locale, papers.share_code))
                hint=words(|locale| td_string!(locale, papers.share_code_hint))
                error
            >
                <TextArea value=code rows=3 on_leave=move |()| was_left.set(true) />
            </Field>
        </DeedForm>
    }
}
