//! Why a lesson cannot be where it was wanted: who or what is needed twice, and by whom.

use super::super::words::{clash_name, hours, short_day};
use crate::{i18n::use_i18n, platform::client::ApiError, platform::deed::Deed};
use leptos::prelude::*;
use shared::{
    problem::ProblemCode,
    teaching::{ClashView, Clashes},
};

/// What the refusal says of it; nothing if it was refused for something else.
fn clashes_of(failure: ApiError) -> Vec<ClashView> {
    match failure {
        ApiError::Problem(problem) if problem.code == ProblemCode::TimetableClash => {
            serde_json::from_value::<Clashes>(problem.params).map(|found| found.clashes).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The clashes of a command that was refused for them.
#[component]
pub(in crate::pages::teaching) fn ClashList(deed: Deed) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |clash: ClashView| {
        let day = clash.starts_at.date_in_china();
        let words = move || {
            let locale = i18n.get_locale();
            format!("{} · {}", short_day(locale, day), clash_name(locale, clash.kind))
        };
        let with = clash.with.map(|other| {
            view! { <p class="small num">{other.class_name} " " {hours(other.starts_at, other.ends_at)}</p> }
        });
        view! { <li><div><b>{words}</b>{with}</div></li> }
    };
    move || {
        let found = deed.failure().map(clashes_of).unwrap_or_default();
        (!found.is_empty()).then(|| view! { <ul class="rows clashes">{found.into_iter().map(row).collect_view()}</ul> })
    }
}
