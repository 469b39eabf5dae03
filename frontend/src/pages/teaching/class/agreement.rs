//! The agreement with the partner of a class: its photo, shown when somebody asks, for each look is audited.

use super::place_of;
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::{
        organisation::{may, words::words},
        photos::{LookedAt, TakePhoto},
    },
    platform::actor::Actor,
    ui::{Button, Dialog},
};
use leptos::prelude::*;
use shared::{learning::ClassPlan, rights::Right};

/// A look at the photo, and the way to add one, for a class that has a partner.
#[component]
pub(super) fn Agreement(plan: ClassPlan) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = plan.class.id;
    let may_add = plan.may_keep && may(actor, Right::KeepClasses, &place_of(&plan.class));
    let (has_photo, is_open) = (RwSignal::new(plan.has_agreement), RwSignal::new(false));
    let name = words(|locale| td_string!(locale, classes.agreement));
    let added = Callback::new(move |plan: ClassPlan| has_photo.set(plan.has_agreement));
    view! {
        <div class="row">
            <Show
                when=move || has_photo.get()
                fallback=move || view! { <span class="muted">{t!(i18n, classes.no_agreement)}</span> }
            >
                <Button on_press=move |()| is_open.set(true)>
                    {t!(i18n, enrolment.look)}
                    <span class="visually-hidden">" " {move || name.get()}</span>
                </Button>
            </Show>
            {may_add.then(|| view! { <TakePhoto path=format!("/classes/{id}/agreement") name added /> })}
        </div>
        <Dialog is_open title=name>
            {move || is_open.get().then(|| view! {
                <LookedAt path=format!("/classes/{id}/agreement/look") name=name.get_untracked() />
            })}
        </Dialog>
    }
}
