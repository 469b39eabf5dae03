//! Changing what was written of a class.

use super::plan::{Draft, Offered, PlanFields, courses};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::{schools::schools, words::words},
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, PageHeading, Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use shared::{learning::ClassPlan, rights::Right};

lazy_page! {
    /// The page.
    EditClassPage = Edit in school;
}

async fn start(actor: Actor, id: String) -> Outcome<(Offered, ClassPlan)> {
    let path = format!("/classes/{id}/plan");
    let (schools, courses, plan) =
        futures::join!(schools(actor, Right::KeepClasses), courses(actor), client::get(actor, &path));
    Ok((Offered { schools: schools?, courses: courses? }, plan?))
}

#[component]
fn Edit() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let fetched = LocalResource::new(move || start(actor, id.get()));
    view! {
        <main class="page stack">
            <p class="way-back"><A href=move || format!("/classes/{}", id.get())>{t!(i18n, classes.class)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, classes.change)) />
            <AsyncView resource=fetched let:start>
                <Form offered=start.0 plan=start.1 />
            </AsyncView>
        </main>
    }
}

#[component]
fn Form(offered: Offered, plan: ClassPlan) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let draft = Draft::of(offered, Some(&plan));
    let checked = Checked::new(move || draft.wrong());
    let (id, version) = (plan.class.id, format!("\"{}\"", plan.version));
    let send = Callback::new(move |()| {
        let Some(entry) = untrack(|| draft.stated()) else { return };
        let (navigate, version) = (navigate.clone(), version.clone());
        let path = format!("/classes/{id}/plan");
        let changing = async move { client::replace(actor, &path, &version, &entry).await };
        checked.deed.run(changing, move |_: ClassPlan| {
            toasts.done(t_string!(i18n, common.done));
            navigate(&format!("/classes/{id}"), Default::default());
        });
    });
    view! {
        <CheckedForm class="card stack" checked verb=words(|locale| td_string!(locale, classes.save)) send>
            <PlanFields draft checked is_new=false />
        </CheckedForm>
    }
}
