//! Items as people see and answer them: in a lesson, in the unified test, in a preview.
//!
//! [`ItemStem`] and [`ResponseInput`] with the same `id` belong together: the stem names the input
//! for screen readers.

mod choose;
mod cloze;
mod correct;
mod hot_text;
mod matrix;
mod pairs;
mod parts;
mod places;
mod response_input;
mod sequence;
mod write;

pub use response_input::ResponseInput;
pub(crate) use write::bounds_text;

use leptos::prelude::*;

/// What is asked.
#[component]
pub fn ItemStem(
    /// Names the item on its page; the same as that of its [`ResponseInput`].
    #[prop(into)]
    id: String,
    /// The stem as HTML that the server sanitised.
    #[prop(into)]
    html: String,
) -> impl IntoView {
    view! { <div class="stem prose" id=format!("{id}-stem") inner_html=html></div> }
}
