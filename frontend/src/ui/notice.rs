//! What the reader must know before going on.

use super::Tone;
use crate::{
    i18n::{t, use_i18n},
    platform::{client::ApiError, deed::Deed},
};
use leptos::prelude::*;

/// A sentence or two that stand out.
#[component]
pub fn Notice(
    /// What kind of news it is.
    #[prop(optional)]
    tone: Tone,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <div class=format!("notice {}", tone.class())>{children()}</div> }
}

/// Says what went wrong and what to do; read aloud at once.
#[component]
pub fn FailureNotice(
    /// What went wrong.
    failure: ApiError,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = match failure {
        ApiError::Problem(problem) => problem.detail.into_any(),
        ApiError::Network => t!(i18n, common.offline).into_any(),
        ApiError::Unreadable => t!(i18n, common.unreadable).into_any(),
    };
    view! { <p class="notice stop" role="alert">{text}</p> }
}

/// Says why a command failed, if it did.
#[component]
pub fn DeedFailure(
    /// The command.
    deed: Deed,
) -> impl IntoView {
    move || deed.failure().map(|failure| view! { <FailureNotice failure /> })
}
