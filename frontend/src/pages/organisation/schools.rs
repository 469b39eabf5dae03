//! Choosing one of the schools at which the reader may do something.

use super::words::words;
use crate::{
    i18n::td_string,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        whole_list::whole_list,
    },
    ui::{Field, Select},
};
use leptos::prelude::*;
use shared::{
    organisation::{OpenState, ProviderView},
    rights::{Place, Right, places},
};

/// The open schools at the places where the reader has this right.
///
/// # Errors
/// If one of the places could not be asked for.
pub(in crate::pages) async fn schools(actor: Actor, right: Right) -> Outcome<Vec<ProviderView>> {
    let roles = actor.me().map(|me| me.roles).unwrap_or_default();
    let mut schools: Vec<ProviderView> = Vec::new();
    for place in places(&roles, right) {
        match place {
            Place::Provider { id, .. } => schools.push(client::get(actor, &format!("/providers/{id}")).await?),
            Place::Division { code } => {
                schools.extend(
                    whole_list::<ProviderView>(actor, "/providers", &[("division", Some(code.clone()))]).await?,
                );
            }
            Place::Class { .. } | Place::ServicePoint { .. } | Place::Course { .. } | Place::Own { .. } => {}
        }
    }
    schools.retain(|school| school.state == OpenState::Open);
    schools.dedup_by_key(|school| school.id);
    Ok(schools)
}

/// The school of this id, as a field holds it.
pub(in crate::pages) fn chosen(schools: &[ProviderView], id: &str) -> Option<ProviderView> {
    schools.iter().find(|school| school.id.to_string() == id).cloned()
}

/// What a field holds at first: the only school, if there is but one.
pub(in crate::pages) fn at_first(schools: &[ProviderView]) -> String {
    match schools {
        [only] => only.id.to_string(),
        _ => String::new(),
    }
}

/// The field; the name alone where there is nothing to choose.
#[component]
pub(in crate::pages) fn SchoolField(
    /// The schools.
    schools: Vec<ProviderView>,
    /// Id of the chosen one.
    value: RwSignal<String>,
    /// What is wrong; empty if nothing is.
    error: Signal<String>,
) -> impl IntoView {
    match schools.as_slice() {
        [only] => view! { <p class="muted">{only.name.clone()}</p> }.into_any(),
        _ => {
            let options: Vec<_> = schools.iter().map(|school| (school.id.to_string(), school.name.clone())).collect();
            view! {
                <Field id="school" label=words(|locale| td_string!(locale, enrolment.school)) error>
                    <Select value options=Signal::stored(options) />
                </Field>
            }
            .into_any()
        }
    }
}
