//! How large the text of a lesson is: chosen by the reader, kept on this device.

use crate::{
    i18n::{t_string, use_i18n},
    platform::keep,
    ui::Choices,
};
use leptos::prelude::*;

/// Where the choice is kept.
const KEPT: &str = "reading_size";

/// A size of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TextSize {
    /// As designed.
    #[default]
    Standard,
    /// A step larger.
    Large,
    /// Two steps larger.
    Largest,
}

impl TextSize {
    const ALL: [Self; 3] = [Self::Standard, Self::Large, Self::Largest];

    /// The size that was chosen on this device.
    pub(super) fn kept() -> Self {
        keep::get(KEPT).map(|kept| Self::named(&kept)).unwrap_or_default()
    }

    /// Its class in the style sheet, and its name where it is kept.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Large => "large",
            Self::Largest => "largest",
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|size| size.class() == name).unwrap_or_default()
    }
}

/// Lets the reader choose the size.
#[component]
pub(super) fn TextSizeChoice(
    /// The size in force.
    size: RwSignal<TextSize>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move |size| match size {
        TextSize::Standard => t_string!(i18n, learning.size_standard).to_owned(),
        TextSize::Large => t_string!(i18n, learning.size_large).to_owned(),
        TextSize::Largest => t_string!(i18n, learning.size_largest).to_owned(),
    };
    let choose = move |name: String| {
        let chosen = TextSize::named(&name);
        keep::set(KEPT, Some(chosen.class()));
        size.set(chosen);
    };
    view! {
        <div class="text-size">
            <Choices
                legend=Signal::derive(move || t_string!(i18n, learning.text_size).to_owned())
                value=Signal::derive(move || size.get().class().to_owned())
                options=Signal::derive(move || {
                    TextSize::ALL.map(|size| (size.class().to_owned(), words(size))).to_vec()
                })
                on_choose=choose
            />
        </div>
    }
}
