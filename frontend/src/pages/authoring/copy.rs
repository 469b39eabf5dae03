//! Another course that begins as this one.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{Button, DeedForm, Dialog, Field, TextInput, Toasts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::{
    ids::CourseId,
    learning::{CopyCourse, CourseView},
};

/// The button, and the dialog that it opens.
#[component]
pub(super) fn CopyOf(
    /// The course.
    id: CourseId,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <Button on_press=move |()| is_open.set(true)>{t!(i18n, learning.copy)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, learning.copy))>
            <CopyForm id is_open />
        </Dialog>
    }
}

#[component]
fn CopyForm(id: CourseId, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (code, title) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (navigate, key) = (use_navigate(), StoredValue::new(idempotency_key()));
    let send = Callback::new(move |()| {
        let (path, navigate) = (format!("/courses/{id}/copies"), navigate.clone());
        let wanted = CopyCourse { code: code.get_untracked(), title: title.get_untracked() };
        let sent = async move { client::create::<_, CourseView>(actor, &path, &key.get_value(), &wanted).await };
        deed.run(sent, move |copy| {
            is_open.set(false);
            toasts.done(t_string!(i18n, learning.copied));
            navigate(&format!("/courses/{}", copy.id), Default::default());
        });
    });
    view! {
        <p>{t!(i18n, learning.copy_about)}</p>
        <DeedForm deed verb=words(|locale| td_string!(locale, learning.copy)) send>
            <Field
                id="copy_code"
                label=words(|locale| td_string!(locale, learning.author_code))
                hint=words(|locale| td_string!(locale, learning.author_code_hint))
                error=deed.field("/code")
            >
                <TextInput value=code />
            </Field>
            <Field
                id="copy_title"
                label=words(|locale| td_string!(locale, learning.author_name))
                error=deed.field("/title")
            >
                <TextInput value=title />
            </Field>
        </DeedForm>
    }
}
