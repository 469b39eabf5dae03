//! A state in a word or two.

use leptos::prelude::*;

/// What a colour means. The words beside it say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Done or safe.
    Ok,
    /// Waiting, or only on this device.
    Wait,
    /// Needs a person.
    Stop,
    /// The credit bank's.
    Credit,
}

impl Tone {
    /// Its class in the style sheets.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Ok => "ok",
            Self::Wait => "wait",
            Self::Stop => "stop",
            Self::Credit => "credit",
        }
    }
}

/// A small label.
#[component]
pub fn Tag(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <span class=format!("tag {}", tone.class())>{children()}</span> }
}
