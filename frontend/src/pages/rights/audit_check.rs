//! Whether the audit log is as it was written.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    ui::{Button, Card, DeedFailure, Notice, Tone},
};
use leptos::prelude::*;
use shared::identity::AuditCheck;

/// A button that checks the whole chain, and what came of it.
#[component]
pub(super) fn CheckCard() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (deed, found) = (Deed::new(), RwSignal::new(None::<AuditCheck>));
    let start = move |()| {
        found.set(None);
        deed.run(check_all(actor), move |checked| found.set(Some(checked)));
    };
    view! {
        <Card title=words(|locale| td_string!(locale, rights.audit_check_title))>
            <p class="muted">{t!(i18n, rights.audit_check_lead)}</p>
            <div class="row">
                <Button is_busy=deed.is_busy() on_press=start>{t!(i18n, rights.audit_check)}</Button>
            </div>
            <DeedFailure deed />
            <div role="status">{move || found.get().map(|found| view! { <Finding found /> })}</div>
        </Card>
    }
}

#[component]
fn Finding(found: AuditCheck) -> impl IntoView {
    let i18n = use_i18n();
    let checked = found.checked;
    match found.broken_seq {
        None => view! {
            <Notice tone=Tone::Ok><p>{move || t_string!(i18n, rights.audit_whole, count = checked)}</p></Notice>
        }
        .into_any(),
        Some(seq) => view! {
            <Notice tone=Tone::Stop>
                <p>{move || t_string!(i18n, rights.audit_broken, count = checked, seq = seq)}</p>
            </Notice>
        }
        .into_any(),
    }
}

/// All parts of the chain, one after the other, until the end or the first entry that does not fit.
async fn check_all(actor: Actor) -> Outcome<AuditCheck> {
    let (mut before, mut cursor) = (0, None);
    loop {
        let path = format!("/audit_entries/check?{}", client::query(&[("cursor", cursor)]));
        let part: AuditCheck = client::get(actor, &path).await?;
        before += part.checked;
        if part.next_cursor.is_none() {
            return Ok(AuditCheck { checked: before, ..part });
        }
        cursor = part.next_cursor;
    }
}
