//! The code of a lesson for the teacher's phone or the classroom's screen: it changes every few seconds.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, ApiError},
        timing::sleep,
    },
    ui::{FailureNotice, PageHeading, QrCode},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_params_map};
use shared::teaching::CheckInCode;
use std::time::Duration;

lazy_page! {
    /// The page.
    ScreenPage = Screen in school;
}

/// How long the page waits before it asks again after a failure.
const AGAIN: Duration = Duration::from_secs(5);

#[component]
fn Screen() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = params.with_untracked(|params| params.get("id").unwrap_or_default());
    let (shown, failure) = (RwSignal::new(None::<CheckInCode>), RwSignal::new(None::<ApiError>));
    let path = format!("/meetings/{id}/check_in_code");
    spawn_local(async move {
        loop {
            let wait = match client::get::<CheckInCode>(actor, &path).await {
                Ok(code) => {
                    let wait = Duration::from_millis(u64::try_from(code.changes_in_ms).unwrap_or_default().max(500));
                    failure.try_set(None);
                    shown.try_set(Some(code));
                    wait
                }
                Err(reason) => {
                    // An old code lets nobody in.
                    shown.try_set(None);
                    failure.try_set(Some(reason));
                    AGAIN
                }
            };
            sleep(wait).await;
            // The page may be gone.
            if shown.is_disposed() {
                return;
            }
        }
    });
    let back = format!("/meetings/{id}");
    let id = StoredValue::new(id);
    // The code is the fragment of the address, which no server and no log is told.
    let address = move |code: &str| {
        let origin = window().location().origin().unwrap_or_default();
        format!("{origin}/check_in/{}#{code}", id.get_value())
    };
    let label = words(|locale| td_string!(locale, classes.check_in_qr));
    view! {
        <main class="page narrow stack">
            <p class="way-back"><A href=back>{t!(i18n, classes.meeting)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, classes.screen)) />
            <section class="card check-in">
                <p class="muted">{t!(i18n, classes.screen_about)}</p>
                {move || shown.get().map(|code| view! {
                    <QrCode text=address(&code.code) label />
                    <p class="check-in-code num">{grouped(&code.code)}</p>
                })}
                {move || failure.get().map(|failure| view! { <FailureNotice failure /> })}
                <p class="small muted">{move || t_string!(i18n, classes.screen_changes)}</p>
            </section>
        </main>
    }
}

/// Two groups of digits are read aloud more easily.
fn grouped(code: &str) -> String {
    let (one, other) = code.split_at(code.len() / 2);
    format!("{one} {other}")
}
