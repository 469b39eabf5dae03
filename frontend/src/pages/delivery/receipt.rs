//! The receipt (回执).

use super::{save_answers::SaveAnswers, way_out::WayOut};
use crate::{
    i18n::{t, t_string, use_i18n},
    pages::upload_answers::UploadAnswers,
    platform::{actor::Actor, client, deed::Deed, file, when},
    ui::{Button, DeedFailure, Icon, Look, Notice, PageHeading, Symbol, Tone},
};
use leptos::prelude::*;
use shared::{
    delivery::{JournalEntry, Receipt, SittingView},
    ids::SittingId,
};

/// The page of a sitting that is over.
#[component]
pub(super) fn Over(
    /// What is known of the sitting.
    #[prop(into)]
    view: Signal<Option<SittingView>>,
    /// The proof.
    receipt: Receipt,
    /// Entries on this device that the server never got.
    left: Vec<JournalEntry>,
) -> impl IntoView {
    let i18n = use_i18n();
    let print = move |()| drop(window().print());
    let id = receipt.sitting_id;
    let (unsent, left) = (left.len(), StoredValue::new(left));
    let takes_files = (!receipt.by_candidate).then(|| format!("/sittings/{id}/answer_file"));
    view! {
        <main class="page narrow stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, delivery.receipt_title).to_owned()) />
            <Notice tone=Tone::Ok>
                {if receipt.by_candidate {
                    t!(i18n, delivery.receipt_submitted).into_any()
                } else {
                    t!(i18n, delivery.receipt_closed).into_any()
                }}
            </Notice>
            {(unsent > 0).then(|| view! {
                <Notice tone=Tone::Stop>{t!(i18n, delivery.left_on_device, count = unsent)}</Notice>
                <SaveAnswers view entries=Callback::new(move |()| left.get_value()) />
            })}
            <Facts view receipt />
            <p class="muted small no-print">{t!(i18n, delivery.receipt_help)}</p>
            <div class="row no-print">
                <WayOut look=Look::Primary />
                <Button on_press=print><Icon symbol=Symbol::Print />{t!(i18n, delivery.print)}</Button>
            </div>
            <Download id />
            {takes_files.map(|path| view! { <UploadAnswers path /> })}
        </main>
    }
}

/// The receipt as a file to keep.
#[component]
fn Download(id: SittingId) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let save = move |()| {
        let name = format!("{}.pdf", t_string!(i18n, delivery.receipt_title));
        let path = format!("/sittings/{id}/receipt");
        let printing = async move { client::post_for_bytes(actor, &path, &serde_json::json!({})).await };
        deed.run(printing, move |bytes: Vec<u8>| file::save_bytes(&name, "application/pdf", &bytes));
    };
    view! {
        <div class="row no-print">
            <Button is_busy=deed.is_busy() on_press=save>
                <Icon symbol=Symbol::Download />
                {t!(i18n, delivery.receipt_download)}
            </Button>
        </div>
        <DeedFailure deed />
    }
}

#[component]
fn Facts(view: Signal<Option<SittingView>>, receipt: Receipt) -> impl IntoView {
    let i18n = use_i18n();
    let closed_at = receipt.closed_at;
    let said = move |fact: fn(SittingView) -> String| move || view.get().map(fact);
    view! {
        <dl class="facts card">
            <div><dt>{t!(i18n, delivery.test)}</dt><dd>{said(|view| view.title)}</dd></div>
            <div><dt>{t!(i18n, delivery.name)}</dt><dd>{said(|view| view.candidate_name)}</dd></div>
            <div><dt>{t!(i18n, delivery.ticket)}</dt><dd class="num">{said(|view| view.ticket_number)}</dd></div>
            <div>
                <dt>{t!(i18n, delivery.closed_at)}</dt>
                <dd class="num">{move || when::date_time(i18n.get_locale(), closed_at)}</dd>
            </div>
            <div>
                <dt>{t!(i18n, delivery.answered)}</dt>
                <dd>{t!(i18n, delivery.items_count, count = receipt.answered)}</dd>
            </div>
            <div><dt>{t!(i18n, delivery.digest)}</dt><dd class="digest num">{receipt.digest}</dd></div>
        </dl>
    }
}
