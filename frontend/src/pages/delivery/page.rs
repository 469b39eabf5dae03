//! The page of one sitting, over the whole screen: from the waiting room to the receipt.

use super::{
    announcement::{Elsewhere, Failed, OtherTab},
    player::Player,
    receipt::Over,
    vault::Vault,
    visit::{Shown, Stage, Visit, tell_readiness},
    waiting_room::WaitingRoom,
};
use crate::{
    i18n::{t, use_i18n},
    lazy::lazy_page,
    pages::not_found::NotFoundPage,
    platform::actor::Actor,
    shell::SignedIn,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use shared::ids::SittingId;

lazy_page! {
    /// Shows a sitting; loaded when somebody goes there.
    SittingPage = AnySitting in exam;
}

#[component]
fn AnySitting() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<SittingId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Door id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// Lets a candidate in who is logged in, or whose sitting this device keeps: then the network may
/// be away. The door opens once; a log-in that ends later stops no one who is answering.
#[component]
fn Door(id: SittingId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let is_kept = LocalResource::new(move || is_kept(actor, id));
    let is_admitted = RwSignal::new(false);
    let may_enter = Memo::new(move |_| is_admitted.get() || is_kept.get() == Some(true));
    let has_looked = Memo::new(move |_| is_kept.get().is_some());
    let at_door = move || {
        if has_looked.get() {
            view! { <SignedIn><Admission is_admitted /></SignedIn> }.into_any()
        } else {
            view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }.into_any()
        }
    };
    view! {
        <Show when=move || may_enter.get() fallback=move || at_door()>
            <Room id />
        </Show>
    }
}

/// Whether this device keeps the sitting for whoever is logged in here.
async fn is_kept(actor: Actor, id: SittingId) -> bool {
    let Ok(vault) = Vault::open().await else { return false };
    let kept = vault.find(id).await.ok().flatten();
    kept.is_some_and(|kept| Some(kept.account) == actor.kept_account())
}

/// Stands where somebody is logged in, and says so after it was drawn.
#[component]
fn Admission(is_admitted: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    request_animation_frame(move || _ = is_admitted.try_set(true));
    view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }
}

/// Shows where the way has led.
#[component]
fn Room(id: SittingId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let shown = Shown::new();
    let visit = StoredValue::new_local(Visit::new(actor, id, shown));
    let begin = Callback::new(move |take_over: bool| visit.get_value().begin(take_over));
    begin.run(false);
    spawn_local(tell_readiness(actor, id, shown));
    on_cleanup(move || visit.with_value(|visit| visit.leave()));
    move || match shown.stage.get() {
        Stage::Looking => view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
        Stage::OtherTab => view! { <OtherTab /> }.into_any(),
        Stage::Waiting => view! { <WaitingRoom shown /> }.into_any(),
        Stage::Elsewhere => view! { <Elsewhere begin /> }.into_any(),
        Stage::Playing(driver) => view! { <Player driver begin /> }.into_any(),
        Stage::Over { receipt, left } => view! { <Over view=shown.view receipt left /> }.into_any(),
        Stage::Failed(trouble) => view! { <Failed trouble begin /> }.into_any(),
    }
}
