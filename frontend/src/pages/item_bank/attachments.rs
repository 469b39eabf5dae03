//! Files beside an item: the document or the scan that it was taken from.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        creation::CreationKey,
        deed::Deed,
        file, when,
    },
    ui::{AsyncView, Button, DeedFailure, Field, Look, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::ItemId,
    item_bank::{ItemAttachment, MAX_ATTACHMENT_BYTES},
    media::recording::data_size,
};
use web_sys::HtmlInputElement;

/// What can be chosen.
const FILES: &str = ".pdf,.docx,.xlsx,.pptx,image/jpeg,image/png,image/webp";

/// What is wrong with a file before it is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Missing,
    TooLarge,
}

/// The files, and for the item's author the field to add one.
#[component]
pub(super) fn Attachments(
    /// The item.
    id: ItemId,
    /// Whether the reader may add one.
    #[prop(optional)]
    may_add: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let files: LocalResource<Outcome<Vec<ItemAttachment>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/items/{id}/attachments")).await });
    let reload = Callback::new(move |()| files.refetch());
    view! {
        <h3>{t!(i18n, item_bank.attachments)}</h3>
        <AsyncView
            resource=files
            is_empty=Vec::is_empty
            empty=words(|locale| td_string!(locale, item_bank.attachments_none))
            let:files
        >
            <ul>{files.into_iter().map(|file| view! { <li><ToSave item=id file /></li> }).collect_view()}</ul>
        </AsyncView>
        {may_add.then(|| view! { <Add id reload /> })}
    }
}

/// A file, saved on the device when somebody asks for it; each look is noted.
#[component]
fn ToSave(item: ItemId, file: ItemAttachment) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let ItemAttachment { id, name, kind, bytes, added_at, .. } = file;
    let is_closed = name.is_empty();
    let called = name.clone();
    let save = move |()| {
        let (path, name) = (format!("/items/{item}/attachments/{id}/look"), name.clone());
        let looking = async move { client::post_for_bytes(actor, &path, &serde_json::json!({})).await };
        deed.run(looking, move |content: Vec<u8>| file::save_bytes(&name, kind.media_type(), &content));
    };
    let when = move || when::date(i18n.get_locale(), added_at);
    view! {
        <div class="row">
            {if is_closed {
                view! { <span class="muted">{t!(i18n, item_bank.attachment_closed)}</span> }.into_any()
            } else {
                view! {
                    <Button look=Look::Quiet is_busy=deed.is_busy() on_press=save>
                        {t!(i18n, item_bank.attachment_save)} " " {called}
                    </Button>
                }
                .into_any()
            }}
            <span class="muted small num">{data_size(u64::from(bytes))} " · " {when}</span>
        </div>
        <DeedFailure deed />
    }
}

#[component]
fn Add(id: ItemId, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, key) = (expect_context::<Actor>(), Deed::new(), CreationKey::new());
    let (chosen, wrong) = (NodeRef::<leptos::html::Input>::new(), RwSignal::new(None::<Wrong>));
    let add = move |()| {
        let file = chosen.get_untracked().and_then(|input: HtmlInputElement| file::chosen(&input));
        wrong.set(match &file {
            None => Some(Wrong::Missing),
            Some(file) if file.size() > MAX_ATTACHMENT_BYTES as f64 => Some(Wrong::TooLarge),
            Some(_) => None,
        });
        let Some(file) = file.filter(|_| wrong.get_untracked().is_none()) else { return focus_on("#attachment") };
        let path = format!("/items/{id}/attachments?{}", query(&[("name", Some(file.name()))]));
        let adding = key.create(move |key| async move { client::create_of_file(actor, &path, &key, file).await });
        deed.run(adding, move |_: Vec<ItemAttachment>| {
            if let Some(input) = chosen.get_untracked() {
                input.set_value("");
            }
            reload.run(());
        });
    };
    let most = || data_size(MAX_ATTACHMENT_BYTES as u64);
    let (of_file, of_name) = (deed.field("/file"), deed.field("/name"));
    let error = move || match wrong.get() {
        Some(Wrong::Missing) => t_string!(i18n, common.required).to_owned(),
        Some(Wrong::TooLarge) => t_string!(i18n, item_bank.attachment_too_large, most = most()),
        None => of_file.with(|said| if said.is_empty() { of_name.get() } else { said.clone() }),
    };
    view! {
        <Field
            id="attachment"
            label=words(|locale| td_string!(locale, item_bank.attachment_file))
            hint=Signal::derive(move || t_string!(i18n, item_bank.attachment_about, most = most()))
            error=Signal::derive(error)
        >
            <input id="attachment" node_ref=chosen type="file" accept=FILES />
        </Field>
        <DeedFailure deed />
        <Button look=Look::Quiet is_busy=deed.is_busy() on_press=add>{t!(i18n, item_bank.attachment_add)}</Button>
    }
}
