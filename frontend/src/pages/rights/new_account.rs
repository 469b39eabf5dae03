//! A new account for a member of staff.

use super::{accounts::Around, place_picker::PlacePicker, required};
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::{steps::named_place, words::words},
    platform::{actor::Actor, client, creation::CreationKey, deed::Deed},
    ui::{Button, DeedForm, Dialog, Field, Look, TextInput, focus_first_wrong},
};
use leptos::prelude::*;
use shared::identity::{FirstPassword, NewStaffAccount};

/// The button, and the dialog behind it.
#[component]
pub(super) fn NewAccountButton() -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <Button look=Look::Primary on_press=move |()| is_open.set(true)>{t!(i18n, rights.new_account)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, rights.new_account))>
            <p>{t!(i18n, rights.new_account_lead)}</p>
            <NewAccountForm is_open />
        </Dialog>
    }
}

#[component]
fn NewAccountForm(is_open: RwSignal<bool>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let Around { accounts, given, .. } = expect_context::<Around>();
    let (deed, was_sent, key) = (Deed::new(), RwSignal::new(false), CreationKey::new());
    let (login_name, display_name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let place = RwSignal::new(String::new());
    let send = move |()| {
        was_sent.set(true);
        let Some(place) = named_place(&place.get_untracked()) else { return focus_first_wrong() };
        let new = NewStaffAccount {
            login_name: login_name.get_untracked(),
            display_name: display_name.get_untracked(),
            place,
        };
        let creating = key.create(move |key| async move { client::create(actor, "/accounts", &key, &new).await });
        deed.run(creating, move |first: FirstPassword| {
            is_open.set(false);
            given.set(Some(first));
            accounts.reload();
        });
    };
    let place_error = required(was_sent, move || place.with(String::is_empty), deed.field("/place"));
    view! {
        <DeedForm deed verb=words(|locale| td_string!(locale, rights.create)) send>
            <Field
                id="display-name"
                label=words(|locale| td_string!(locale, rights.display_name))
                error=deed.field("/display_name")
            >
                <TextInput value=display_name />
            </Field>
            <Field
                id="login-name"
                label=words(|locale| td_string!(locale, rights.login_name))
                hint=words(|locale| td_string!(locale, rights.login_name_hint))
                error=deed.field("/login_name")
            >
                <TextInput value=login_name />
            </Field>
            <PlacePicker place error=place_error />
        </DeedForm>
    }
}
