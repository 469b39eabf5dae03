//! An item that was looked at: its author writes it anew, and its author or a reviewer says what it is about, or retires
//! it.

use super::{
    alike::AlikeWith,
    attachments::Attachments,
    comments::Comments,
    describe::{Describe, Described},
    detail::Detail,
    preview::Preview,
    revise::Revise,
    statistics::{Measured, Statistics},
};
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::reasoned::{EndForm, EndWords},
    platform::actor::Actor,
    ui::{Button, ButtonLink, Look, Notice, Tone},
};
use leptos::prelude::*;
use shared::{
    item_bank::{ItemDetail, ItemState},
    rights::Role,
};

/// What is said of retiring an item.
const RETIRE: EndWords = EndWords {
    name: |locale| td_string!(locale, item_bank.retire),
    about: |locale| td_string!(locale, item_bank.retire_about),
    done: |locale| td_string!(locale, item_bank.retired_toast),
};

/// What the dialog shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    /// The item.
    Shown,
    /// The form for its next version.
    Revising,
    /// The form for what it is about.
    Describing,
    /// The form for its end.
    Retiring,
}

/// The item in its dialog.
#[component]
pub(super) fn Seen(
    /// The item.
    seen: ItemDetail,
    /// Closes the dialog.
    is_open: RwSignal<bool>,
    /// Fetches the list again.
    reload: Callback<()>,
) -> impl IntoView {
    let face = RwSignal::new(Face::Shown);
    move || match face.get() {
        Face::Shown => view! { <Shown seen=seen.clone() face /> }.into_any(),
        Face::Revising => view! { <Revise seen=seen.clone() is_open reload /> }.into_any(),
        Face::Describing => view! { <Describe row=seen.row.clone() is_open reload /> }.into_any(),
        Face::Retiring => {
            let path = format!("/items/{}/retire", seen.row.id);
            view! { <EndForm path says=RETIRE is_open reload /> }.into_any()
        }
    }
}

#[component]
fn Shown(seen: ItemDetail, face: RwSignal<Face>) -> impl IntoView {
    let i18n = use_i18n();
    let roles = expect_context::<Actor>().roles();
    let is_in_use = seen.row.retired_because.is_none();
    let may_revise = is_in_use && seen.row.is_own && roles.contains(&Role::ItemAuthor);
    let may_retire = may_revise || (is_in_use && roles.contains(&Role::ItemReviewer));
    let returned_because = seen.row.returned_because;
    let (id, kind, has_alike) = (seen.row.id, seen.row.kind, seen.row.alike > 0);
    let is_returned = is_in_use && seen.row.state == ItemState::Returned;
    view! {
        {seen.row.retired_because.map(|reason| view! {
            <Notice tone=Tone::Stop>{t!(i18n, item_bank.retired_because, reason = reason)}</Notice>
        })}
        {is_returned.then(|| view! {
            <Notice tone=Tone::Stop>{t!(i18n, item_bank.returned_because, reason = returned_because)}</Notice>
        })}
        <Detail item=seen.item />
        <Preview seen=seen.view />
        <p><Described said=seen.row.descriptor /> <Measured measured=seen.row.measured /></p>
        {has_alike.then(|| view! { <AlikeWith id /> })}
        <Statistics id kind />
        <p>
            <ButtonLink href=format!("/items/{id}/history") look=Look::Quiet>{t!(i18n, item_bank.history_open)}</ButtonLink>
        </p>
        {may_retire.then(|| view! {
            <div class="row">
                {may_revise.then(|| view! {
                    <Button on_press=move |()| face.set(Face::Revising)>{t!(i18n, item_bank.revise)}</Button>
                })}
                <Button on_press=move |()| face.set(Face::Describing)>{t!(i18n, item_bank.describe)}</Button>
                <Button look=Look::Danger on_press=move |()| face.set(Face::Retiring)>
                    {t!(i18n, item_bank.retire)}
                </Button>
            </div>
        })}
        <Attachments id may_add=may_revise />
        <Comments id />
    }
}
