//! What went wrong, in words.

use crate::{
    i18n::{t, use_i18n},
    platform::client::Failure,
};
use leptos::prelude::*;

/// Says what went wrong and what to do; read aloud at once.
#[component]
pub(crate) fn FailureNotice(
    /// What went wrong.
    failure: Failure,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = match failure {
        Failure::Problem(problem) => problem.detail.into_any(),
        Failure::Network => t!(i18n, common.offline).into_any(),
    };
    view! { <p class="notice stop" role="alert">{text}</p> }
}
