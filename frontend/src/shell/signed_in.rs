//! Pages for people who are logged in.

use super::places;
use crate::{
    i18n::{t, use_i18n},
    platform::{actor::Actor, client::Outcome, kept_modules},
    ui::{Button, ButtonLink, FailureNotice},
};
use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_location, location::Location};
use shared::identity::LoginNeed;

/// Shows its children to somebody who is logged in; sends others to the log-in page, which brings
/// them back, and who has something to do first to where that is done. A page without a
/// [`super::Frame`], such as the exam player, stands directly in this.
#[component]
pub(crate) fn SignedIn(
    /// What is done on this very page.
    #[prop(optional, into)]
    serves: Option<LoginNeed>,
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let Location { pathname: path, hash, .. } = use_location();
    let renewed: LocalResource<Outcome<bool>> =
        LocalResource::new(move || async move { if actor.token().is_some() { Ok(true) } else { actor.renew().await } });
    let is_known = Memo::new(move |_| actor.me().is_some());
    let need = Memo::new(move |_| actor.me().and_then(|me| me.need));
    let only = Memo::new(move |_| actor.me().and_then(|me| me.sitting).map(|id| format!("/sittings/{id}")));
    let log_in = move || match path.get_untracked().as_str() {
        // Who has just logged out is on the way there already.
        "/" | "/login" => "/login".to_owned(),
        // A fragment stays one: no server is to see it.
        wanted => format!("/login?next={wanted}{}", hash.get_untracked()),
    };
    let children = StoredValue::new(children);
    move || {
        if is_known.get() {
            // Who came in by a ticket goes nowhere else.
            if let Some(test) = only.get().filter(|test| *test != path.get_untracked()) {
                return view! { <Redirect path=test /> }.into_any();
            }
            return match need.get() {
                Some(need) if serves != Some(need) => view! { <Redirect path=places::of_need(need) /> }.into_any(),
                _ => children.with_value(|children| children()).into_any(),
            };
        }
        match renewed.get() {
            None => view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
            Some(Ok(_)) => view! { <Redirect path=log_in() /> }.into_any(),
            Some(Err(failure)) => view! {
                <main class="page narrow stack">
                    <FailureNotice failure />
                    <Button on_press=move |()| renewed.refetch()>{t!(i18n, common.retry)}</Button>
                    {actor.kept_account().is_some_and(kept_modules::has_any).then(|| view! {
                        <ButtonLink href=places::DOWNLOADS>{t!(i18n, learning.offline_downloads)}</ButtonLink>
                    })}
                </main>
            }
            .into_any(),
        }
    }
}
