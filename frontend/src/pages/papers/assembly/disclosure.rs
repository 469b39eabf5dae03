//! What was published when forms were drawn, and its disclosure once candidates have sat the papers.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, Card, DeedFailure, Toasts},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{ids::AssemblyId, papers::AssemblyView, time::Timestamp};

/// The card.
#[component]
pub(super) fn Disclosure(
    /// The assembly.
    id: AssemblyId,
    /// Since when everybody may read it.
    disclosed_at: Option<Timestamp>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let since = RwSignal::new(disclosed_at);
    let disclose = move |()| {
        let asking = async move {
            let path = format!("/assemblies/{id}/disclose");
            client::post::<_, AssemblyView>(actor, &path, &serde_json::json!({})).await
        };
        deed.run(asking, move |told: AssemblyView| {
            since.set(told.disclosed_at);
            toasts.done(t_string!(i18n, papers.draw_disclosed));
        });
    };
    view! {
        <Card title=words(|locale| td_string!(locale, papers.draw_disclosure))>
            <p class="muted">{t!(i18n, papers.draw_disclosure_about)}</p>
            <Show
                when=move || since.get().is_none()
                fallback=move || view! { <p>{t!(i18n, papers.draw_disclosed)}</p> }
            >
                <DeedFailure deed />
                <Button is_busy=deed.is_busy() on_press=disclose>{t!(i18n, papers.draw_disclose)}</Button>
            </Show>
            <p><A href="/draws">{t!(i18n, papers.draws)}</A></p>
        </Card>
    }
}
