//! Buttons, and links that look like them.

use leptos::prelude::*;
use leptos_router::components::A;

/// How much a button asks for attention. One `Primary` a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// What the page is for.
    Primary,
    /// Anything else.
    #[default]
    Plain,
    /// Ends or takes away something.
    Danger,
    /// Beside text, without a border.
    Quiet,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Plain => "button",
            Self::Danger => "button danger",
            Self::Quiet => "button quiet",
        }
    }
}

/// A button. While it is busy it keeps the focus and ignores presses.
#[component]
pub fn Button(
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// Whether it sends the form that it stands in.
    #[prop(optional)]
    is_submit: bool,
    /// Whether it takes the whole width.
    #[prop(optional)]
    is_wide: bool,
    /// Whether what it started is still going on.
    #[prop(into, optional)]
    is_busy: Signal<bool>,
    /// What a press does.
    #[prop(into, optional)]
    on_press: Option<Callback<()>>,
    /// The words, or an icon and a name for screen readers.
    children: Children,
) -> impl IntoView {
    let press = move |event: leptos::ev::MouseEvent| {
        if is_busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            type=if is_submit { "submit" } else { "button" }
            class=look.class()
            class:wide=is_wide
            aria-disabled=move || is_busy.get().then_some("true")
            aria-busy=move || is_busy.get().then_some("true")
            on:click=press
        >
            {children()}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <A href=href attr:class=look.class()>{children()}</A> }
}
