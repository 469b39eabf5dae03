//! Planning a class.

use super::plan::{Draft, Offered, PlanFields, courses};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::{entry_form::Entering, schools::schools, words::words},
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client::Outcome},
    ui::{AsyncView, EmptyState, PageHeading, Toasts},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_navigate};
use shared::{learning::ClassPlan, rights::Right};

lazy_page! {
    /// The page.
    NewClassPage = NewOne in school;
}

async fn offered(actor: Actor) -> Outcome<Offered> {
    let (schools, courses) = futures::join!(schools(actor, Right::KeepClasses), courses(actor));
    Ok(Offered { schools: schools?, courses: courses? })
}

#[component]
fn NewOne() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let fetched = LocalResource::new(move || offered(actor));
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/classes">{t!(i18n, classes.title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, classes.add)) />
            <AsyncView resource=fetched let:offered>
                {if offered.schools.is_empty() {
                    view! { <EmptyState text=words(|locale| td_string!(locale, classes.not_yours)) /> }.into_any()
                } else {
                    view! { <Form offered /> }.into_any()
                }}
            </AsyncView>
        </main>
    }
}

#[component]
fn Form(offered: Offered) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let draft = Draft::of(offered, None);
    let entering = Entering::new(actor, "/classes");
    let checked = Checked::over(entering.deed, entering.was_sent, move || draft.wrong());
    let send = Callback::new(move |()| {
        let navigate = navigate.clone();
        entering.send(untrack(|| draft.stated()), move |plan: ClassPlan| {
            toasts.done(t_string!(i18n, classes.added));
            navigate(&format!("/classes/{}", plan.class.id), Default::default());
        });
    });
    view! {
        <CheckedForm class="card stack" checked verb=words(|locale| td_string!(locale, classes.add_do)) send>
            <PlanFields draft checked is_new=true />
        </CheckedForm>
    }
}
