//! Changing one's own password.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed},
    ui::{Card, DeedForm, Field, Look, TextInput, Toasts, focus_first_wrong},
};
use leptos::prelude::*;
use shared::identity::ChangePassword;

/// The card on the account's page.
#[component]
pub(super) fn PasswordCard() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let done = Callback::new(move |()| toasts.done(t_string!(i18n, identity.password_changed)));
    view! {
        <Card title=words(|locale| td_string!(locale, identity.password_title))>
            <PasswordForm done />
        </Card>
    }
}

/// The three fields; empty again when the password has changed.
#[component]
pub(super) fn PasswordForm(done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let fields = [0; 3].map(|_| RwSignal::new(String::new()));
    let [current, new, again] = fields;
    let (deed, differ) = (Deed::new(), RwSignal::new(false));
    let send = move |()| {
        differ.set(new.get_untracked() != again.get_untracked());
        if differ.get_untracked() {
            focus_first_wrong();
            return;
        }
        let change = ChangePassword { current: current.get_untracked(), new: new.get_untracked() };
        let changing = async move { client::send(actor, "/me/password", &change).await };
        deed.run(changing, move |()| {
            fields.iter().for_each(|field| field.set(String::new()));
            done.run(());
        });
    };
    let differs =
        move || if differ.get() { t_string!(i18n, identity.passwords_differ).to_owned() } else { String::new() };
    view! {
        <p class="muted small">{t!(i18n, identity.password_text)}</p>
        <DeedForm deed look=Look::Plain verb=words(|locale| td_string!(locale, identity.change_password)) send>
            <Field
                id="current-password"
                label=words(|locale| td_string!(locale, identity.current_password))
                error=deed.field("/current")
            >
                <TextInput value=current kind="password" autocomplete="current-password" />
            </Field>
            <Field
                id="new-password"
                label=words(|locale| td_string!(locale, identity.new_password))
                error=deed.field("/new")
            >
                <TextInput value=new kind="password" autocomplete="new-password" />
            </Field>
            <Field
                id="new-password-again"
                label=words(|locale| td_string!(locale, identity.new_password_again))
                error=Signal::derive(differs)
            >
                <TextInput value=again kind="password" autocomplete="new-password" />
            </Field>
        </DeedForm>
    }
}
