//! What authors and reviewers say to each other about an item.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        creation::CreationKey,
        deed::Deed,
        when,
    },
    ui::{AsyncView, DeedForm, Field, Look, TextArea},
};
use leptos::prelude::*;
use shared::{
    ids::ItemId,
    item_bank::{ItemComment, NewComment},
    rights::Role,
};

/// What is said, and the field to say something.
#[component]
pub(super) fn Comments(id: ItemId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let roles = actor.roles();
    let may_say = roles.contains(&Role::ItemAuthor) || roles.contains(&Role::ItemReviewer);
    let said: LocalResource<Outcome<Vec<ItemComment>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/items/{id}/comments")).await });
    let reload = Callback::new(move |()| said.refetch());
    view! {
        <h3>{t!(i18n, item_bank.comments)}</h3>
        <AsyncView
            resource=said
            is_empty=Vec::is_empty
            empty=words(|locale| td_string!(locale, item_bank.comments_none))
            let:said
        >
            <ul>{said.into_iter().map(|one| view! { <li><Said one /></li> }).collect_view()}</ul>
        </AsyncView>
        {may_say.then(|| view! { <Say id reload /> })}
    }
}

#[component]
fn Said(one: ItemComment) -> impl IntoView {
    let i18n = use_i18n();
    let ItemComment { version, text, written_at, is_of_author, is_own, is_closed } = one;
    let who = move || {
        let locale = i18n.get_locale();
        match (is_own, is_of_author) {
            (true, _) => td_string!(locale, item_bank.comment_own),
            (false, true) => td_string!(locale, item_bank.comment_author),
            (false, false) => td_string!(locale, item_bank.comment_reviewer),
        }
    };
    let when = move || when::date_time(i18n.get_locale(), written_at);
    let said = move || if is_closed { t_string!(i18n, item_bank.comment_closed).to_owned() } else { text.clone() };
    view! {
        <span class="muted small">
            {who} " · " {when} " · " {t!(i18n, item_bank.comment_version, version = version)}
        </span>
        <p class="as-written" class:muted=is_closed>{said}</p>
    }
}

#[component]
fn Say(id: ItemId, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let (text, key) = (RwSignal::new(String::new()), CreationKey::new());
    let say = move |()| {
        let (path, new) = (format!("/items/{id}/comments"), NewComment { text: text.get_untracked() });
        let saying = key.create(move |key| async move { client::create(actor, &path, &key, &new).await });
        deed.run(saying, move |_: Vec<ItemComment>| {
            text.set(String::new());
            reload.run(());
        });
    };
    view! {
        <DeedForm
            deed
            look=Look::Quiet
            verb=Signal::derive(move || t_string!(i18n, item_bank.comment_say).to_owned())
            send=say
        >
            <Field
                id="comment"
                label=words(|locale| td_string!(locale, item_bank.comment))
                error=deed.field("/text")
            >
                <TextArea value=text rows=2 />
            </Field>
        </DeedForm>
    }
}
