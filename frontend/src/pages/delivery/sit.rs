//! The way into a test by an admission ticket, at a device of the room: by what stands on it, or by its QR code.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
        rooms::scan::Scan,
    },
    platform::actor::Actor,
    ui::{Field, PageHeading, TextInput},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use shared::{ids::SittingId, sittings::TicketLogin};

lazy_page! {
    /// Lets a candidate in by their ticket.
    SitPage = Sit in public;
}

/// What has been typed.
#[derive(Clone, Copy)]
struct Draft {
    ticket: RwSignal<String>,
    login_code: RwSignal<String>,
}

impl Draft {
    fn stated(self) -> TicketLogin {
        TicketLogin { ticket: self.ticket.get(), login_code: Some(self.login_code.get()) }
    }
}

#[component]
fn Sit() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, navigate) = (expect_context::<Actor>(), use_navigate());
    let draft = Draft { ticket: RwSignal::new(String::new()), login_code: RwSignal::new(String::new()) };
    let checked = Checked::new(move || draft.stated().read().err().unwrap_or_default());
    let show = Callback::new(move |shown: TicketLogin| {
        let navigate = navigate.clone();
        checked.deed.run(async move { actor.log_in_by_ticket(&shown).await }, move |id: SittingId| {
            navigate(&format!("/sittings/{id}"), NavigateOptions { replace: true, ..Default::default() });
        });
    });
    let scanned = move |ticket: String| show.run(TicketLogin { ticket, login_code: None });
    view! {
        <main class="page narrow stack">
            <PageHeading text=words(|locale| td_string!(locale, delivery.sit_title)) />
            <p class="muted">{t!(i18n, delivery.sit_lead)}</p>
            <CheckedForm
                class="card stack"
                checked
                verb=words(|locale| td_string!(locale, delivery.sit_enter))
                send=Callback::new(move |()| show.run(untrack(|| draft.stated())))
            >
                <Digits draft checked />
            </CheckedForm>
            <Scan on_found=scanned />
            <p class="lone"><A href="/try">{t!(i18n, delivery.try_link)}</A></p>
            <p class="lone"><A href="/login">{t!(i18n, delivery.sit_password)}</A></p>
        </main>
    }
}

/// What stands on the ticket in digits.
#[component]
fn Digits(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="ticket"
            label=words(|locale| td_string!(locale, delivery.ticket))
            hint=words(|locale: Locale| td_string!(locale, delivery.sit_number_hint))
            error=checked.error("/ticket")
        >
            <TextInput value=draft.ticket keyboard="numeric" />
        </Field>
        <Field
            id="login_code"
            label=words(|locale| td_string!(locale, delivery.sit_code))
            hint=words(|locale: Locale| td_string!(locale, delivery.sit_code_hint))
            error=checked.error("/login_code")
        >
            <TextInput value=draft.login_code keyboard="numeric" />
        </Field>
    }
}
